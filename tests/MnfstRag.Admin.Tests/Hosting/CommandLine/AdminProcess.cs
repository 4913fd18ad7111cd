using System.Diagnostics;
using MnfstRag.Admin.Hosting.CommandLine;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary>The program as a person starts it: a process of its own.</summary>
internal static class AdminProcess
{
    public static Task<Ended> RunAsync(params string[] arguments) => RunWithAsync(databaseUrl: null, arguments);

    /// <param name="databaseUrl">DATABASE_URL of the process; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<Ended> RunWithAsync(string? databaseUrl, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(AdminCommandLine).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("DATABASE_URL");
        if (databaseUrl is not null)
        {
            start.Environment["DATABASE_URL"] = databaseUrl;
        }

        return await RunAsync(start);
    }

    public static async Task<Ended> RunAsync(ProcessStartInfo start)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        var ended = new Ended(process.ExitCode, await output, await error, Stopwatch.GetElapsedTime(began));
        Assert.True(ended.ExitCode < 128, ended.Error);
        return ended;
    }

    public sealed record Ended(int ExitCode, string Output, string Error, TimeSpan Took);
}
