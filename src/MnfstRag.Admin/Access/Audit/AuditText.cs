using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>Text of the audit log: stored as it came as far as PostgreSQL can keep it, shown without anything that could act on a screen.</summary>
public static class AuditText
{
    private const int LongestText = 4000;

    /// <summary>
    /// For display: control characters (ANSI escapes among them), line ends and characters that turn the direction of writing
    /// appear as \u001B and the like.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Shown(string? text)
    {
        if (text is null || !text.Any(Acts))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = Acts(character)
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
                : shown.Append(character);
        }

        return shown.ToString();
    }

    /// <summary>NUL becomes ␀, half a surrogate pair becomes �, and what is too long is cut with a mark.</summary>
    internal static string Storable(string text)
    {
        var kept = text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept.Replace('\0', '␀')));
    }

    internal static string? StorableOrNull(string? text) => text is null ? null : Storable(text);

    private static bool Acts(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
