using MnfstRag.Postgres.Embedded;

namespace MnfstRag.Postgres.Tests.Embedded;

/// <summary>This test assembly as a program: owns a server until it is killed, as a dashboard does.</summary>
internal static class OwnerProgram
{
    private static async Task Main(string[] arguments)
    {
        await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { DataDirectory = arguments[0], Settings = EmbeddedServerTests.Quick }, progress: null, CancellationToken.None);
        await File.WriteAllTextAsync(arguments[0] + ".started", string.Empty);
        await Task.Delay(Timeout.Infinite);
    }
}
