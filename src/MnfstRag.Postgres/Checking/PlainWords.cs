using System.Globalization;

namespace MnfstRag.Postgres.Checking;

/// <summary>Figures as a person reads them, the same on every machine.</summary>
internal static class PlainWords
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    /// <summary>"3 m 12 s", "420 ms", "2 d 4 h": the two largest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 10 } => Text($"{Math.Max(0, time.TotalMilliseconds):0.0} ms"),
        { TotalSeconds: < 1 } => Text($"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => Text($"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => Text($"{time.Minutes} m {time.Seconds} s"),
        { TotalDays: < 1 } => Text($"{time.Hours} h {time.Minutes} m"),
        _ => Text($"{time.Days} d {time.Hours} h"),
    };

    /// <summary>"1.24 GB", in powers of 1024 as the server's own units are.</summary>
    public static string Bytes(long bytes)
    {
        var (amount, unit) = ((double)bytes, 0);
        while (Math.Abs(amount) >= 1024 && unit < Units.Length - 1)
        {
            (amount, unit) = (amount / 1024, unit + 1);
        }

        return Text($"{(unit == 0 ? amount : Math.Round(amount, amount < 10 ? 2 : amount < 100 ? 1 : 0)):0.##} {Units[unit]}");
    }

    /// <summary>"47 %", "0.3 %".</summary>
    public static string Percent(double percent) => Text($"{Math.Round(percent, percent < 1 ? 2 : percent < 10 ? 1 : 0):0.##} %");

    /// <summary>"12 345" would break copying: digits only.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>"1 session", "2 sessions".</summary>
    public static string Of(long count, string one, string? many = null) => Text($"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>"3 Nov 2026".</summary>
    public static string Date(DateTimeOffset date) => date.ToUniversalTime().ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"a, b and 3 more": at most <paramref name="most"/> of them by name.</summary>
    public static string Some(IReadOnlyList<string> all, int most = 3) => all.Count <= most
        ? string.Join(", ", all)
        : Text($"{string.Join(", ", all.Take(most))} and {all.Count - most} more");

    /// <summary>A name as SQL wants it, always quoted.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Text in the invariant culture.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
