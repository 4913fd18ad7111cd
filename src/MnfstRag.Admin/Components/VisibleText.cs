using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MnfstRag.Admin.Components;

/// <summary>
/// Text that others wrote, harmless to look at: what acts on a terminal, turns the direction of writing or hides between letters is spelled out
/// (\u001B). Joiners of letters and of pictures stay, for scripts need them.
/// </summary>
public static class VisibleText
{
    /// <summary>The text; <paramref name="lines"/> keeps line breaks and tabs.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Shown(string? text, bool lines = false)
    {
        if (text is null || !text.Any(letter => Acts(letter, lines)))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            _ = Acts(letter, lines) ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}") : shown.Append(letter);
        }

        return shown.ToString();
    }

    private static bool Acts(char letter, bool lines) => letter switch
    {
        '\n' or '\t' or '\r' => !lines,
        '\u200C' or '\u200D' or '\u00AD' => false,
        _ => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };
}
