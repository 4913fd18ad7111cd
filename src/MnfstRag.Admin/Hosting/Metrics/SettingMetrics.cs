using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Settings that are numbers or switches, in base units, as postgres_exporter names and scales them. Texts are never told.</summary>
internal static class SettingMetrics
{
    private const double Kilo = 1024;

    /// <summary>Writes them down.</summary>
    public static void Write(EnvironmentSheet sheet, EnvironmentSnapshot snapshot)
    {
        if (snapshot.Slow.Of(SettingsReader.Instance)?.Value is not { } settings)
        {
            return;
        }

        foreach (var setting in settings.Settings.Values.Where(setting => setting.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.')).OrderBy(setting => setting.Name, StringComparer.Ordinal))
        {
            if (Figure(setting) is { } figure)
            {
                var (factor, unit) = Scale(setting.Unit);
                sheet.Gauge(
                    $"pg_settings_{setting.Name.Replace('.', '_')}{unit}",
                    setting.Description,
                    // -1 stands for "off" or "automatic", and is no quantity.
                    figure == -1 ? -1 : figure * factor);
            }
        }

        sheet.Gauge("mnfst_admin_settings_pending_restart", "Settings that wait for a restart of the server.", settings.PendingRestart.Count);
    }

    private static double? Figure(ServerSetting setting) => setting.Kind switch
    {
        "bool" when setting.Value is not null => setting.Value == "on" ? 1 : 0,
        "integer" or "real" => setting.Number,
        _ => null,
    };

    private static (double Factor, string Suffix) Scale(string? unit) => unit switch
    {
        "us" => (1e-6, "_seconds"),
        "ms" => (1e-3, "_seconds"),
        "s" => (1, "_seconds"),
        "min" => (60, "_seconds"),
        "h" => (3600, "_seconds"),
        "d" => (86400, "_seconds"),
        "B" => (1, "_bytes"),
        null or "" => (1, ""),
        _ => Bytes(unit),
    };

    /// <summary>"8kB", "16MB": a count of blocks.</summary>
    private static (double Factor, string Suffix) Bytes(string unit)
    {
        var digits = unit.TakeWhile(char.IsAsciiDigit).Count();
        var count = digits == 0 ? 1 : double.Parse(unit[..digits], System.Globalization.CultureInfo.InvariantCulture);
        var power = unit[digits..] switch { "kB" => Kilo, "MB" => Kilo * Kilo, "GB" => Kilo * Kilo * Kilo, "TB" => Kilo * Kilo * Kilo * Kilo, _ => 0 };
        return power == 0 ? (1, "") : (count * power, "_bytes");
    }
}
