using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>Reads values as Pydantic and Python do.</summary>
internal static class ValueTypes
{
    /// <summary>libpq's modes, the weakest first.</summary>
    public static IReadOnlyList<string> SslModes { get; } = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>Levels that Python's logging knows.</summary>
    public static IReadOnlyList<string> LogLevels { get; } = ["DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL", "FATAL", "NOTSET"];

    /// <summary>Algorithms with one shared key.</summary>
    public static IReadOnlyList<string> SharedKeyAlgorithms { get; } = ["HS256", "HS384", "HS512"];

    /// <summary>Algorithms with a pair of keys.</summary>
    public static IReadOnlyList<string> KeyPairAlgorithms { get; } =
        ["RS256", "RS384", "RS512", "ES256", "ES256K", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"];

    /// <summary>A whole number with optional sign, underscores between digits and white space around it; null for anything else.</summary>
    public static int? Integer(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.Replace("_", "", StringComparison.Ordinal);
        var isParted = trimmed.Contains("__", StringComparison.Ordinal) || trimmed.StartsWith('_') || trimmed.EndsWith('_') || trimmed.StartsWith("+_", StringComparison.Ordinal) || trimmed.StartsWith("-_", StringComparison.Ordinal);
        return !isParted && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Pydantic's words for true and false; null for anything else.</summary>
    public static bool? Boolean(string text) => text.ToUpperInvariant() switch
    {
        "1" or "T" or "TRUE" or "Y" or "YES" or "ON" => true,
        "0" or "F" or "FALSE" or "N" or "NO" or "OFF" => false,
        _ => null,
    };
}
