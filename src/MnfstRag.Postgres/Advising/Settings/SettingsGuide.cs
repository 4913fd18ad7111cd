using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Advising;

/// <summary>The server settings that the product's guide recommends, held against what the server has. Memory is stated or measured; where it is neither, nothing is guessed.</summary>
public static class SettingsGuide
{
    private const long Megabyte = 1024 * 1024;
    private const string Preload = "shared_preload_libraries";

    /// <summary>Every recommendation, in the guide's order.</summary>
    public static IReadOnlyList<SettingAdvice> Judge(SettingsReading settings, MachineMemory? memory) =>
    [
        Share(settings, memory, "shared_buffers", 0.25, (0.15, 0.40), "The server's own cache: too small, and every query goes to the operating system; too large, and the system has none left for its own."),
        Share(settings, memory, "effective_cache_size", 0.75, (0.50, 0.90), "Takes no memory: it tells the planner how much of the data is likely in a cache. Too small, and indexes look dearer than they are."),
        WorkMemory(settings, memory),
        Size(settings, "maintenance_work_mem", 64 * Megabyte, "64MB", "VACUUM and CREATE INDEX work in it: with less they go over the same index again and again."),
        Exact(settings, "checkpoint_completion_target", 0.9, (now, advised) => now < advised, "Checkpoints are written in a shorter part of the time between them: disk load comes in bursts."),
        Exact(settings, "max_connections", 100, (_, _) => false, "Each slot takes memory whether used or not; the applications' pools and the reserved slots must fit in."),
        Exact(settings, "superuser_reserved_connections", 3, (now, advised) => now < advised, "When all slots are taken, these are the door through which an administrator still gets in."),
        Preloaded(settings),
        Exact(settings, "random_page_cost", 1.1, (now, advised) => now > advised * 1.5, "The planner takes a read out of order for this many times as dear as one in order. On an SSD it is not, and indexes are passed over."),
        Exact(settings, "effective_io_concurrency", 200, (now, advised) => now < advised / 20, "How many reads the server asks for at once where it knows what it will need. An SSD takes many."),
        Exact(settings, "default_statistics_target", 100, (now, advised) => now < advised, "How closely ANALYZE looks: with less the planner errs more."),
    ];

    private static SettingAdvice Share(SettingsReading settings, MachineMemory? memory, string name, double share, (double Least, double Most) good, string meaning)
    {
        var rule = $"{Text(share * 100)} % of memory";
        if (settings[name] is not { Bytes: { } now } setting)
        {
            return Hidden(settings, name, rule);
        }

        if (memory is null)
        {
            return new(name, setting.Text, rule, SettingVerdict.Unknown, $"The machine's memory is not known. {meaning}", null, setting.NeedsRestart);
        }

        var advised = (long)(memory.Bytes * share) / Megabyte * Megabyte;
        var part = (double)now / memory.Bytes;
        var fine = part >= good.Least && part <= good.Most;
        return new(
            name,
            setting.Text,
            $"{rule}: {Text(advised / Megabyte)}MB",
            fine ? SettingVerdict.AsAdvised : SettingVerdict.Worse,
            $"It is {Text(Math.Round(part * 100, 1))} % of {Text(memory.Bytes / Megabyte)} MB ({memory.From}). {(fine ? "" : meaning)}".TrimEnd(),
            fine ? null : Set(setting, $"'{Text(advised / Megabyte)}MB'"),
            setting.NeedsRestart);
    }

    private static SettingAdvice WorkMemory(SettingsReading settings, MachineMemory? memory)
    {
        const long advised = 4 * Megabyte;
        const string name = "work_mem";
        if (settings[name] is not { Bytes: { } now } setting)
        {
            return Hidden(settings, name, "4MB");
        }

        if (now <= advised)
        {
            return Size(settings, name, advised, "4MB", "Each sort and hash has this much before it goes to disk.");
        }

        var most = settings["max_connections"]?.Number * now;
        var tooMuch = memory is not null && most > memory.Bytes / 2;
        return new(
            name,
            setting.Text,
            "4MB",
            tooMuch ? SettingVerdict.Worse : SettingVerdict.Differs,
            $"Each sort and hash of each session may take it: one on every connection is {(most is { } all ? $"{Text(Math.Round(all / Megabyte))} MB" : "not known")}{(tooMuch ? ", more than half of the machine's memory" : "")}.",
            tooMuch ? Set(setting, "'4MB'") : null,
            setting.NeedsRestart);
    }

    private static SettingAdvice Size(SettingsReading settings, string name, long advised, string words, string meaning) =>
        settings[name] is not { Bytes: { } now } setting
            ? Hidden(settings, name, words)
            : now < advised
                ? new(name, setting.Text, words, SettingVerdict.Worse, meaning, Set(setting, $"'{words}'"), setting.NeedsRestart)
                : new(name, setting.Text, words, now == advised ? SettingVerdict.AsAdvised : SettingVerdict.Differs, now == advised ? "" : "More than advised.", null, setting.NeedsRestart);

    private static SettingAdvice Exact(SettingsReading settings, string name, double advised, Func<double, double, bool> isWorse, string meaning)
    {
        if (settings[name] is not { Number: { } now } setting)
        {
            return Hidden(settings, name, Text(advised));
        }

        var verdict = now.Equals(advised) ? SettingVerdict.AsAdvised : isWorse(now, advised) ? SettingVerdict.Worse : SettingVerdict.Differs;
        return new(
            name,
            setting.Text,
            Text(advised),
            verdict,
            verdict == SettingVerdict.AsAdvised ? "" : meaning,
            verdict == SettingVerdict.Worse ? Set(setting, Text(advised)) : null,
            setting.NeedsRestart);
    }

    private static SettingAdvice Preloaded(SettingsReading settings)
    {
        const string advised = "has pg_stat_statements";
        if (settings[Preload] is not { Value: not null } setting)
        {
            return Hidden(settings, Preload, advised);
        }

        return setting.Members.Contains(StatementsExtension.Name, StringComparer.Ordinal)
            ? new(Preload, setting.Text, advised, SettingVerdict.AsAdvised, "", null, true)
            : new(
                Preload,
                setting.Text,
                advised,
                SettingVerdict.Worse,
                setting.PendingRestart ? "A change waits for a restart." : "Without it nobody knows which statements the server spends its time on.",
                setting.PendingRestart ? null : StatementsAvailability.AddToPreload(setting),
                true);
    }

    private static SettingAdvice Hidden(SettingsReading settings, string name, string advised) => new(
        name,
        settings[name]?.Text,
        advised,
        SettingVerdict.Unknown,
        settings[name]?.Withheld ?? "The watching role does not see it: GRANT pg_read_all_settings.",
        null,
        settings[name]?.NeedsRestart ?? false);

    private static string Set(ServerSetting setting, string value) =>
        $"ALTER SYSTEM SET {setting.Name} = {value};{(setting.NeedsRestart ? "" : "\nSELECT pg_reload_conf();")}";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
