using System.Globalization;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// Names that may be shown. What looks like a key may be a piece of a secret that was broken over lines, so only names that are
/// written as keys are repeated.
/// </summary>
internal static class ShownNames
{
    private const int Longest = 48;

    /// <summary>The key's name, or the line it is on.</summary>
    public static string Key(string? key, int line, string? value = null) =>
        key is not null && (KnownSettings.Find(key) is not null || (IsName(key) && value?.All(letter => letter == '=') != true))
            ? key
            : Line(line);

    /// <summary>"line 12".</summary>
    public static string Line(int line) => string.Create(CultureInfo.InvariantCulture, $"line {line}");

    /// <summary>The name of a reference, or other words for it.</summary>
    public static string Reference(string name) => IsName(name) ? $"${{{name}}}" : "a reference";

    private static bool IsName(string text) =>
        text.Length is > 1 and <= Longest && char.IsAsciiLetterUpper(text[0]) && text.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '_')
        && (text.Contains('_') || text.Length <= 16);
}
