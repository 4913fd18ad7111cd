using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking;

/// <summary>Runs checks against real servers.</summary>
internal static class Diagnosis
{
    public static Task<CheckReport> OfAsync(string address, params string[] only) => OfAsync(address, new CheckLimits(), only);

    public static Task<CheckReport> OfAsync(string address, CheckLimits limits, params string[] only) =>
        new CheckRunner(HealthChecks.All, limits, TimeProvider.System)
            .RunAsync(DatabaseUrl.Parse(address).Url!, only.Length == 0 ? null : only, progress: null, CancellationToken.None);

    public static CheckOutcome Of(this CheckReport report, string name) => report.Results.Single(result => result.Name == name).Outcome;

    public static async Task<CheckOutcome> OneAsync(string address, string name) => (await OfAsync(address, name)).Of(name);

    /// <summary>What a reader reads now, and what the server is: for conditions whose age a test gives afterwards.</summary>
    public static async Task<(T Value, Capabilities Server)> ReadAsync<T>(string address, IReader<T> reader)
        where T : class
    {
        await using var server = new ServerReader(DatabaseUrl.Parse(address).Url!, new ServerReaderOptions(), TimeProvider.System);
        var reading = await server.ReadAsync([reader], CancellationToken.None);
        return (reading.Of(reader).Value ?? throw new InvalidOperationException(reading.Of(reader).Fault), reading.Capabilities!);
    }
}
