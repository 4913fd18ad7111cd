namespace MnfstRag.Postgres.Watching;

/// <summary>Which tables of a database a statement names, by its text alone. What it reads through views and functions does not stand there; a plan tells that.</summary>
public static class StatementTables
{
    private static readonly HashSet<string> Before = new(StringComparer.OrdinalIgnoreCase) { "FROM", "JOIN", "INTO", "UPDATE", "USING" };
    private static readonly HashSet<string> Between = new(StringComparer.OrdinalIgnoreCase) { "ONLY", "LATERAL" };
    private static readonly HashSet<string> After = new(StringComparer.OrdinalIgnoreCase) { "SELECT", "WHERE", "SET", "GROUP", "ORDER", "HAVING", "LIMIT", "RETURNING", "VALUES", "ON", "UNION" };

    /// <summary>Those of <paramref name="known"/> that <paramref name="text"/> names, in its order, each once. A table that a WITH query hides is not meant. Never throws.</summary>
    public static IReadOnlyList<DatabaseTable> Named(string text, IReadOnlyCollection<DatabaseTable> known)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = Tokens(text);
        var hidden = tokens.Index()
            .Where(token => IsName(token.Item) && Word(tokens, token.Index + 1) is "AS" && (Symbol(tokens, token.Index + 2) is '(' || Word(tokens, token.Index + 2) is "MATERIALIZED" or "NOT"))
            .Select(token => Name(token.Item.Text))
            .ToHashSet(StringComparer.Ordinal);
        List<DatabaseTable> named = [];
        var listed = false;
        for (var at = 0; at < tokens.Count; at++)
        {
            var begins = tokens[at].Kind == SqlTokenKind.Word && Before.Contains(tokens[at].Text);
            listed = Word(tokens, at) switch
            {
                "FROM" or "USING" => true,
                "INTO" or "UPDATE" => false,
                { } word => listed && !After.Contains(word),
                null => listed,
            };
            if ((begins || (listed && Symbol(tokens, at) is ',')) && Table(tokens, at + 1, hidden, known) is { } table && !named.Contains(table))
            {
                named.Add(table);
            }
        }

        return named;
    }

    private static DatabaseTable? Table(List<(SqlTokenKind Kind, string Text)> tokens, int at, HashSet<string> hidden, IReadOnlyCollection<DatabaseTable> known)
    {
        while (at < tokens.Count && tokens[at].Kind == SqlTokenKind.Word && Between.Contains(tokens[at].Text))
        {
            at++;
        }

        if (at >= tokens.Count || !IsName(tokens[at]))
        {
            return null;
        }

        var first = Name(tokens[at].Text);
        if (Symbol(tokens, at + 1) is '.' && at + 2 < tokens.Count && IsName(tokens[at + 2]))
        {
            var second = Name(tokens[at + 2].Text);
            return known.FirstOrDefault(table => table.Schema == first && table.Name == second);
        }

        return hidden.Contains(first) ? null : known.Where(table => table.Name == first).OrderBy(table => table.Schema != "public").FirstOrDefault();
    }

    private static List<(SqlTokenKind Kind, string Text)> Tokens(string text)
    {
        var lexer = new SqlLexer(text);
        List<(SqlTokenKind, string)> tokens = [];
        while (lexer.MoveNext())
        {
            if (lexer.Kind is not (SqlTokenKind.Space or SqlTokenKind.LineComment or SqlTokenKind.BlockComment))
            {
                tokens.Add((lexer.Kind, lexer.Token.ToString()));
            }
        }

        return tokens;
    }

    private static bool IsName((SqlTokenKind Kind, string Text) token) => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    private static string? Word(List<(SqlTokenKind Kind, string Text)> tokens, int at) =>
        at < tokens.Count && tokens[at].Kind == SqlTokenKind.Word ? tokens[at].Text.ToUpperInvariant() : null;

    private static char? Symbol(List<(SqlTokenKind Kind, string Text)> tokens, int at) =>
        at < tokens.Count && tokens[at].Kind == SqlTokenKind.Symbol ? tokens[at].Text[0] : null;

    /// <summary>As the catalog has it: folded, or without its quotes.</summary>
    private static string Name(string token) =>
        token is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"", StringComparison.Ordinal) : token.ToLowerInvariant();
}
