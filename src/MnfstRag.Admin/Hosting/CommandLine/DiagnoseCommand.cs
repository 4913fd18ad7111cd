using System.CommandLine;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>
/// <c>diagnose</c>: the health checks from a terminal, without the dashboard's store. Standard output carries the result alone;
/// no output ever repeats the address's password.
/// </summary>
public static class DiagnoseCommand
{
    /// <summary>Where the address stands when <c>--database-url</c> does not give it.</summary>
    private const string Variable = "DATABASE_URL";

    private static readonly Option<string> Address = new("--database-url")
    {
        Description = $"Address of the server to check, as the product writes it: postgresql://user:password@host:port/database. Left out, the environment variable {Variable} is taken, which other users of this machine cannot see.",
        HelpName = "url",
    };

    private static readonly Option<string> Checks = new("--checks")
    {
        Description = $"Only these, with commas between. There are: {string.Join(", ", HealthChecks.Names)}.",
        HelpName = "names",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Write JSON: server, and for each check name, status, evidence, remedy, milliseconds.",
    };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="time">This machine's clock.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static Command Create(ITerminal terminal, TimeProvider time, Func<string, string?> environment)
    {
        var command = new Command(
            "diagnose",
            "Checks a PostgreSQL server from here: reach, sign-in, TLS, slots, locks, replication, wraparound and more. It only reads, over at most two connections. Exit code: 0 healthy, 1 warnings, 2 failing, 64 wrong usage, 70 a fault of this program.")
        {
            Address,
            Checks,
            Json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var address = parsed.GetValue(Address) ?? environment(Variable);
                return await RunAsync(address, parsed.GetValue(Checks), parsed.GetValue(Json), terminal, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (Exception exception)
            {
                // The message may repeat the address, so only the kind is told.
                terminal.Error($"diagnose ended by a fault of its own ({exception.GetType().Name}).");
                return ExitCodes.InternalError;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string? address, string? names, bool json, ITerminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            return Usage(terminal, $"No address: give --database-url, or set {Variable}.");
        }

        if (!DatabaseUrl.Parse(address).Succeeded(out var url, out var fault))
        {
            return Usage(terminal, $"The address cannot be used. {fault.Words}");
        }

        if (!url.IsMonitorable)
        {
            return Usage(terminal, "The address names a sqlite file: there is no server to check. Give a postgresql:// address.");
        }

        var only = names?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var unknown = only?.Except(HealthChecks.Names, StringComparer.Ordinal).ToList() ?? [];
        if (unknown.Count > 0 || only is { Count: 0 })
        {
            var fault2 = unknown.Count > 0 ? $"There is no check {string.Join(", ", unknown.Select(TerminalText.Plain))}." : "--checks names none.";
            return Usage(terminal, $"{fault2} There are: {string.Join(", ", HealthChecks.Names)}.");
        }

        var runner = new CheckRunner(HealthChecks.All, new CheckLimits(), time);
        var progress = terminal.ShowsProgress ? new DiagnoseProgress(terminal, only?.Count ?? HealthChecks.All.Count) : null;
        var report = await runner.RunAsync(url, only, progress, cancellationToken);
        progress?.Clear();
        foreach (var line in json ? [DiagnoseJson.Write(report)] : DiagnoseText.Lines(report, terminal.ShowsColour))
        {
            terminal.Line(line);
        }

        return report.Verdict switch
        {
            Verdict.Failing => ExitCodes.Failing,
            Verdict.Warning => ExitCodes.Warnings,
            _ => ExitCodes.Success,
        };
    }

    private static int Usage(ITerminal terminal, string words)
    {
        terminal.Error(words);
        terminal.Error("See diagnose --help.");
        return ExitCodes.Usage;
    }
}
