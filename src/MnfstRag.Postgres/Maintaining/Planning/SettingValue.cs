using System.Globalization;
using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Reads a value that a person typed for a setting, by the setting's own type, unit and limits in <c>pg_settings</c>.</summary>
internal static partial class SettingValue
{
    /// <summary>Why the value cannot be had, or null. What passes holds digits, a point and a unit, and nothing else.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">As typed.</param>
    /// <param name="type">pg_settings.vartype: integer or real.</param>
    /// <param name="unit">pg_settings.unit; null without one.</param>
    /// <param name="least">pg_settings.min_val.</param>
    /// <param name="most">pg_settings.max_val.</param>
    public static string? Fault(string name, string value, string type, string? unit, string? least, string? most)
    {
        var match = Written().Match(value);
        if (!match.Success)
        {
            return $"{name} takes a number{(Bytes(unit) is null ? "" : " with a unit: kB, MB or GB")}; \"{Shown(value)}\" is none.";
        }

        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var written = match.Groups["unit"].Value;
        if (Bytes(unit) is { } size)
        {
            number = written.Length == 0 ? number : number * Bytes(written)!.Value / size;
        }
        else if (written.Length > 0)
        {
            return $"{name} takes a number without a unit.";
        }

        if (type == "integer" && Bytes(unit) is null && number != Math.Floor(number))
        {
            return $"{name} takes a whole number.";
        }

        return number < Limit(least, double.MinValue) || number > Limit(most, double.MaxValue)
            ? $"{name} takes {least} to {most}{(unit is null ? "" : $" (in {unit})")}."
            : null;
    }

    private static double Limit(string? text, double none) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit) ? limit : none;

    private static double? Bytes(string? unit) => unit switch
    {
        "B" => 1,
        "kB" => 1024,
        "8kB" => 8 * 1024,
        "16kB" => 16 * 1024,
        "MB" => 1024.0 * 1024,
        "GB" => 1024.0 * 1024 * 1024,
        "TB" => 1024.0 * 1024 * 1024 * 1024,
        _ => null,
    };

    private static string Shown(string value) => value.Length > 40 ? value[..40] + "…" : value;

    [GeneratedRegex(@"\A(?<number>-?[0-9]{1,12}(\.[0-9]{1,9})?) ?(?<unit>|B|kB|MB|GB|TB)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Written();
}
