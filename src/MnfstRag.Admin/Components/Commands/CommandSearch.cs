namespace MnfstRag.Admin.Components.Commands;

/// <summary>Finds commands by what a person types.</summary>
public static class CommandSearch
{
    /// <summary>Those that hold every word typed, at the start of a word of theirs; names that begin with it come first, then the given order.</summary>
    public static IReadOnlyList<Command> Find(IReadOnlyList<Command> commands, string? typed)
    {
        var words = (typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0
            ? commands
            : [.. commands.Where(command => words.All(word => Holds(command, word))).OrderBy(command => Rank(command, words[0]))];
    }

    private static bool Holds(Command command, string word) =>
        StartsAWord(command.Title, word) || StartsAWord(command.Group, word) || StartsAWord(command.Keywords, word);

    private static int Rank(Command command, string word) => command switch
    {
        _ when command.Title.StartsWith(word, StringComparison.OrdinalIgnoreCase) => 0,
        _ when StartsAWord(command.Title, word) => 1,
        _ => 2,
    };

    private static bool StartsAWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
