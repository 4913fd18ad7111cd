using System.Diagnostics;
using MnfstRag.Admin.Hosting.CommandLine;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary>The program as a person starts it: a process of its own.</summary>
internal static class AdminProcess
{
    public static Task<Ended> RunAsync(params string[] arguments) => RunWithAsync(databaseUrl: null, arguments);

    /// <param name="databaseUrl">DATABASE_URL of the process; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    public static Task<Ended> RunWithAsync(string? databaseUrl, params string[] arguments)
    {
        var start = Start(arguments);
        if (databaseUrl is not null)
        {
            start.Environment["DATABASE_URL"] = databaseUrl;
        }

        return RunAsync(start);
    }

    /// <summary>A command on a store.</summary>
    /// <param name="settings">The configuration, as environment variables.</param>
    /// <param name="input">Standard input; null for none.</param>
    /// <param name="arguments">Its command line.</param>
    public static Task<Ended> RunOnStoreAsync(IReadOnlyDictionary<string, string?> settings, string? input, params string[] arguments)
    {
        var start = Start(arguments);
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return RunAsync(start, input);
    }

    public static async Task<Ended> RunAsync(ProcessStartInfo start, string? input = null)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        if (input is not null)
        {
            await process.StandardInput.WriteLineAsync(input);
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        var ended = new Ended(process.ExitCode, await output, await error, Stopwatch.GetElapsedTime(began));
        Assert.True(ended.ExitCode < 128, ended.Error);
        return ended;
    }

    private static ProcessStartInfo Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(AdminCommandLine).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("DATABASE_URL");
        return start;
    }

    public sealed record Ended(int ExitCode, string Output, string Error, TimeSpan Took);
}
