using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>Rules about the server's settings. Judged once for each reading.</summary>
public static class SettingsRules
{
    private const string Manual = "https://www.postgresql.org/docs/current/";
    private static readonly ConditionalWeakTable<SettingsReading, IReadOnlyList<Finding>> Judged = [];

    /// <summary>All findings about settings; none before they were read.</summary>
    public static IEnumerable<Finding> All(ServerView view) => view.Slow.Of(SettingsReader.Instance) is { } held
        ? Judged.GetValue(held.Value, reading => [.. Of(reading, view.Memory).Select(finding => finding with { AsOf = held.ReadAt })])
        : [];

    /// <summary>The rules themselves.</summary>
    public static IEnumerable<Finding> Of(SettingsReading settings, MachineMemory? memory)
    {
        foreach (var name in new[] { "fsync", "full_page_writes" })
        {
            if (settings[name]?.Value == "off")
            {
                yield return new Finding(
                    $"settings.unsafe:{name}",
                    FindingLevel.Critical,
                    "A crash would destroy data",
                    name,
                    $"{name} is off: after a crash of the machine the database may be damaged beyond repair, and nothing would tell.",
                    "Switch it on; a reload is enough. Only a database that can be made anew may run without.")
                {
                    Sql = $"ALTER SYSTEM SET {name} = on;\nSELECT pg_reload_conf();",
                    Documentation = $"{Manual}runtime-config-wal.html",
                };
            }
        }

        if (settings.PendingRestart is { Count: > 0 } pending)
        {
            yield return new Finding(
                "settings.pending-restart",
                FindingLevel.Warning,
                "Settings wait for a restart",
                string.Join(", ", pending),
                $"{Plain.Count(pending.Count, "setting was", "settings were")} changed and {(pending.Count == 1 ? "is" : "are")} not in force: {string.Join(", ", pending.Select(name => $"{name} (now {settings[name]?.Text ?? "hidden"})"))}.",
                "Restart the server at a quiet moment, or take the change back: the next unplanned restart would bring it into force.")
            {
                Documentation = $"{Manual}view-pg-settings.html",
            };
        }

        foreach (var fault in settings.FileFaults ?? [])
        {
            yield return new Finding(
                $"settings.file:{fault.File}:{fault.Name ?? "line"}",
                FindingLevel.Warning,
                "A line of the configuration is refused",
                fault.Name ?? fault.File,
                FormattableString.Invariant($"{fault.File}, line {fault.Line}: {fault.Error}. The server leaves it out now, and may refuse to start with it."),
                "Mend the line, then reload: SELECT pg_reload_conf();")
            {
                Documentation = $"{Manual}view-pg-file-settings.html",
            };
        }

        if (SettingsGuide.Judge(settings, memory).Where(advice => advice.Verdict == SettingVerdict.Worse).ToList() is { Count: > 0 } worse)
        {
            yield return new Finding(
                "settings.guide",
                FindingLevel.Notice,
                "Settings are not as the product's guide advises",
                string.Join(", ", worse.Select(advice => advice.Name)),
                string.Join("; ", worse.Select(advice => $"{advice.Name} is {(advice.Now is { Length: > 0 } now ? now : "empty")}, advised {advice.Advised}")) + ".",
                "Each with its reason, and what sets it, stands on the Server page.");
        }
    }
}
