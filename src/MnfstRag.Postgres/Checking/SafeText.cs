using System.Globalization;

namespace MnfstRag.Postgres.Checking;

/// <summary>Names and statements come from outside: they may carry escape sequences, line ends or letters that reverse the line.</summary>
internal static class SafeText
{
    /// <summary>The outcome with every such letter replaced.</summary>
    public static CheckOutcome Clean(CheckOutcome outcome) => outcome with { Evidence = Clean(outcome.Evidence), Remedy = Clean(outcome.Remedy) };

    /// <summary>The text with every such letter replaced.</summary>
    public static string Clean(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(letter => IsUnsafe(letter) ? '?' : letter)) : text;

    private static bool IsUnsafe(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
