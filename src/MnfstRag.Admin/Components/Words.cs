using System.Globalization;

namespace MnfstRag.Admin.Components;

/// <summary>
/// Figures as a person reads them: three significant digits, a unit, "0" for zero and <see cref="Missing"/> for what is not
/// known. The exact value belongs on hover (<see cref="ExactBytes"/>, <see cref="ExactCount"/>, <see cref="ExactDuration"/>).
/// </summary>
public static class Words
{
    /// <summary>Stands where a figure is not known; the reason belongs on hover.</summary>
    public const string Missing = "–";

    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    private static readonly string[] CountUnits = ["", "k", "M", "G", "T", "P", "E"];
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>"0", "12 ms", "0.4 s", "35 s", "3 m 12 s", "2 h 5 m", "3 d 4 h". Cut, never rounded up: 59.9 s is "59 s".</summary>
    public static string Duration(TimeSpan? duration)
    {
        if (duration is not { } span)
        {
            return Missing;
        }

        if (span < TimeSpan.Zero)
        {
            return "−" + Duration(span.Negate());
        }

        return span switch
        {
            { Ticks: 0 } => "0",
            { TotalMilliseconds: < 1 } => "<1 ms",
            { TotalMilliseconds: < 100 } => $"{Math.Floor(span.TotalMilliseconds).ToString(Culture)} ms",
            { TotalSeconds: < 10 } => $"{(Math.Floor(span.TotalSeconds * 10) / 10).ToString("0.#", Culture)} s",
            { TotalMinutes: < 1 } => $"{span.Seconds.ToString(Culture)} s",
            { TotalHours: < 1 } => Two(span.Minutes, "m", span.Seconds, "s"),
            { TotalDays: < 1 } => Two(span.Hours, "h", span.Minutes, "m"),
            _ => Two(span.Days, "d", span.Hours, "h"),
        };
    }

    /// <summary>"0", "512 B", "8 kB", "1.24 GB". A step is 1024 and its name PostgreSQL's own (<c>pg_size_pretty</c>).</summary>
    public static string Bytes(long? bytes) => bytes is { } value ? Scaled(value, 1024, ByteUnits) : Missing;

    /// <summary>"0", "47", "2,000", "12.4 k", "1.24 M". Whole and exact below 10,000; a fraction only below 10.</summary>
    public static string Count(double? count) => count switch
    {
        null => Missing,
        { } value when !double.IsFinite(value) => Missing,
        { } value when Math.Abs(value) < 9_999.5 => Small(value),
        { } value => Scaled(value, 1000, CountUnits),
    };

    /// <summary>"0/s", "0.3/s", "47/s", "12.4 k/s".</summary>
    public static string Rate(double? perSecond) => perSecond is { } value && double.IsFinite(value) ? Count(value) + "/s" : Missing;

    /// <summary>
    /// A ratio of 0–1 as "0%", "47%", "99.97%". 0% and 100% are said only of exactly that, so that a cache that misses at all
    /// never reads as perfect.
    /// </summary>
    public static string Percent(double? ratio)
    {
        if (ratio is not { } value || !double.IsFinite(value))
        {
            return Missing;
        }

        var percent = value * 100;
        return percent switch
        {
            0 or 100 => $"{percent.ToString("0", Culture)}%",
            > 0 and < 0.01 => "<0.01%",
            > 99.99 and < 100 => ">99.99%",
            > 99 and < 100 => $"{(Math.Floor(percent * 100) / 100).ToString("0.##", Culture)}%",
            > -10 and < 10 => $"{percent.ToString("0.##", Culture)}%",
            _ => $"{Significant(percent)}%",
        };
    }

    /// <summary>"just now" under a second, else "35 s ago"; a moment that is still to come reads "in 35 s".</summary>
    public static string Ago(TimeSpan? age) => age switch
    {
        null => Missing,
        { } span when span.Duration() < TimeSpan.FromSeconds(1) => "just now",
        { } span when span < TimeSpan.Zero => $"in {Duration(span.Negate())}",
        { } span => $"{Duration(span)} ago",
    };

    /// <summary>"1 session", "2 sessions", "0 sessions"; <paramref name="many"/> where an s does not do.</summary>
    public static string Plural(long count, string one, string? many = null) =>
        $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>"1,331,439,861 bytes".</summary>
    public static string ExactBytes(long bytes) => $"{bytes.ToString("N0", Culture)} {(bytes == 1 ? "byte" : "bytes")}";

    /// <summary>"12,431.25": every digit that matters.</summary>
    public static string ExactCount(double count) => count.ToString("#,0.######", Culture);

    /// <summary>"192.431 s".</summary>
    public static string ExactDuration(TimeSpan duration) => $"{duration.TotalSeconds.ToString("#,0.###", Culture)} s";

    /// <summary>"2026-11-23 14:02:11 UTC".</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", Culture);

    private static string Two(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    private static string Small(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 0.01 => value < 0 ? "−<0.01" : "<0.01",
        < 10 => Signed(value, "0.##"),
        _ => Signed(value, "#,0"),
    };

    private static string Scaled(double value, int step, string[] units)
    {
        var unit = 0;
        while (Math.Abs(Rounded(value)) >= step && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        var figure = unit == 0 ? Signed(value, "0") : Significant(value);
        return value == 0 || units[unit].Length == 0 ? figure : $"{figure} {units[unit]}";
    }

    /// <summary>As it will be shown: 999.6 k reads "1 M", not "1000 k".</summary>
    private static double Rounded(double value) => Math.Abs(value) switch
    {
        < 10 => Math.Round(value, 2, MidpointRounding.AwayFromZero),
        < 100 => Math.Round(value, 1, MidpointRounding.AwayFromZero),
        _ => Math.Round(value, MidpointRounding.AwayFromZero),
    };

    private static string Significant(double value) => Signed(Rounded(value), "0.##");

    /// <summary>With a true minus sign, which is as wide as a digit in tabular figures.</summary>
    private static string Signed(double value, string format) => value.ToString(format, Culture).Replace('-', '−');
}
