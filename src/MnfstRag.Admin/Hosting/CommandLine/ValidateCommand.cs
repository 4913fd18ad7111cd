using System.CommandLine;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>
/// <c>validate</c>: an environment file's settings judged from a terminal or a pipeline, without the dashboard's store or configuration.
/// Standard output carries the result alone; no output ever repeats a secret.
/// </summary>
public static class ValidateCommand
{
    private const int MostProcesses = 100_000;

    private static readonly Option<string> File = new("--file") { Description = "The environment file.", HelpName = "path" };

    private static readonly Option<string> Name = new("--environment")
    {
        Description = "What it is for: development, staging, production, or a name of your own, which is judged as its ENVIRONMENT says, and as production where it says nothing.",
        HelpName = "name",
    };

    private static readonly Option<bool> Live = new("--live")
    {
        Description = "Also try the settings on the living server, from this machine: name, TLS, certificates, sign-in, privileges, pooler, connection budget. It only reads.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Write JSON: environment, and for each finding key, rule, level, message, remedy." };

    private static readonly Option<string[]> Compare = new("--compare")
    {
        Description = "Another environment's file, whose secrets this one must not share, and whose pool counts in the connection budget where it is on the same server. May be given more than once.",
        HelpName = "name=path",
    };

    private static readonly Option<int?> Workers = new("--workers") { Description = "Worker processes of the backend, for the connection budget. Left out: WEB_CONCURRENCY of the file, or 1.", HelpName = "count" };

    private static readonly Option<int?> Engines = new("--engines") { Description = "Database engines in each process: 2 where a sync and an async one are used. Left out: 1.", HelpName = "count" };

    private static readonly Option<int?> Instances = new("--instances") { Description = "Machines or containers that run the backend with this file. Left out: 1.", HelpName = "count" };

    private static readonly Option<int?> PoolerLimit = new("--pooler-limit") { Description = "Connections that the pooler in front gives this role, for the connection budget; no pooler tells it to an ordinary role.", HelpName = "count" };

    /// <summary>The command.</summary>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="time">This machine's clock.</param>
    public static Command Create(ITerminal terminal, TimeProvider time)
    {
        var command = new Command(
            "validate",
            "Judges an environment file of the product, all faults at once. Exit code: 0 clean (notes are), 1 warnings, 2 errors, 64 wrong usage, 70 a fault of this program.")
        {
            File,
            Name,
            Live,
            Json,
            Compare,
            Workers,
            Engines,
            Instances,
            PoolerLimit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await RunAsync(parsed, terminal, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Interrupted;
            }
            catch (Exception exception)
            {
                // The message may repeat a value, so only the kind is told.
                terminal.Error($"validate ended by a fault of its own ({exception.GetType().Name}).");
                return ExitCodes.InternalError;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ITerminal terminal, TimeProvider time, CancellationToken cancellationToken)
    {
        var (path, name) = (parsed.GetValue(File), parsed.GetValue(Name)?.Trim());
        var faults = ValidateInput.Faults(path, name, parsed.GetValue(Compare) ?? []).ToList();
        faults.AddRange(from option in new[] { Workers, Engines, Instances, PoolerLimit }
                        where parsed.GetValue(option) is < 1 or > MostProcesses
                        select $"{option.Name} is no number from 1 to {MostProcesses}.");
        if (faults.Count > 0)
        {
            return Usage(terminal, string.Join(" ", faults));
        }

        var file = await ValidateInput.ReadAsync("--file", path!, cancellationToken);
        var others = new List<EnvironmentSettings>();
        foreach (var (otherName, otherPath) in (parsed.GetValue(Compare) ?? []).Select(ValidateInput.Split))
        {
            var other = await ValidateInput.ReadAsync("--compare", otherPath, cancellationToken);
            if (other.File is not { } otherFile)
            {
                return Usage(terminal, other.Fault!);
            }

            others.Add(new(otherName, otherFile));
        }

        if (file.File is not { } read)
        {
            return Usage(terminal, file.Fault!);
        }

        var settings = new EnvironmentSettings(name!, read);
        var findings = EnvironmentValidator.Validate(settings, others);
        if (parsed.GetValue(Live))
        {
            var options = new LiveOptions
            {
                Directory = Path.GetDirectoryName(Path.GetFullPath(path!)) ?? ".",
                Workers = parsed.GetValue(Workers),
                Engines = parsed.GetValue(Engines) ?? 1,
                Instances = parsed.GetValue(Instances) ?? 1,
                Others = [.. others.Select(other => new OtherBackend(other))],
                PoolerAllowance = parsed.GetValue(PoolerLimit) is { } most ? (_, _) => new PoolerAllowance(most, "as --pooler-limit says") : null,
            };
            var progress = terminal.ShowsProgress ? new ValidateProgress(terminal) : null;
            findings = [.. findings, .. await new LiveValidator(options, time).RunAsync(settings, progress, cancellationToken)];
            progress?.Clear();
            findings = [.. findings.OrderByDescending(finding => finding.Level)];
        }

        foreach (var line in parsed.GetValue(Json) ? [ValidateJson.Write(name!, findings)] : ValidateText.Lines(name!, findings, terminal.ShowsColour))
        {
            terminal.Line(line);
        }

        return findings.Select(finding => finding.Level).DefaultIfEmpty(FindingLevel.Note).Max() switch
        {
            FindingLevel.Error => ExitCodes.Failing,
            FindingLevel.Warning => ExitCodes.Warnings,
            _ => ExitCodes.Success,
        };
    }

    private static int Usage(ITerminal terminal, string words)
    {
        terminal.Error(words);
        terminal.Error("See validate --help.");
        return ExitCodes.Usage;
    }
}
