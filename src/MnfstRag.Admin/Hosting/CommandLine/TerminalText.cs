namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>What a person typed, before it is shown again.</summary>
internal static class TerminalText
{
    private const int Longest = 40;

    /// <summary>Short, without control characters, and not at all where it looks like an address: that may hold a password.</summary>
    public static string Plain(string typed)
    {
        if (typed.Contains("://", StringComparison.Ordinal) || typed.Contains('@', StringComparison.Ordinal) || typed.Contains("assword", StringComparison.OrdinalIgnoreCase))
        {
            return "(not shown)";
        }

        var text = string.Concat(typed.Where(letter => !char.IsControl(letter)));
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
