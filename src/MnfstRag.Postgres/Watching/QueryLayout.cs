using System.Text;

namespace MnfstRag.Postgres.Watching;

/// <summary>Shows a statement over several lines: a line for each clause, conditions below them, parentheses left as they are.</summary>
public static class QueryLayout
{
    private static readonly HashSet<string> Clauses = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "UNION", "INTERSECT", "EXCEPT", "VALUES", "SET",
        "RETURNING", "WINDOW", "FETCH", "INSERT", "UPDATE", "DELETE", "WITH",
    };

    private static readonly HashSet<string> Joins = new(StringComparer.OrdinalIgnoreCase) { "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "JOIN" };

    private static readonly HashSet<string> Conditions = new(StringComparer.OrdinalIgnoreCase) { "AND", "OR" };

    // The word before that makes the next one part of a phrase: FOR UPDATE, DELETE FROM, IS DISTINCT FROM, ON UPDATE SET, LEFT OUTER JOIN.
    private static readonly HashSet<string> Binding = new(StringComparer.OrdinalIgnoreCase)
    {
        "FOR", "DELETE", "DISTINCT", "DO", "ON", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "OUTER", "KEY", "UPDATE", "BETWEEN", "ALTER", "WITHIN",
    };

    /// <summary>The same statement with its whitespace laid out anew. Whatever is not whitespace stays as it is; never throws.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new StringBuilder(text.Length + 32);
        var lexer = new SqlLexer(text);
        var depth = 0;
        var previous = "";
        var between = false;
        var spaced = false;
        while (lexer.MoveNext())
        {
            var token = lexer.Token;
            if (lexer.Kind == SqlTokenKind.Space)
            {
                spaced = lines.Length > 0;
                continue;
            }

            var word = lexer.Kind == SqlTokenKind.Word ? token.ToString() : "";
            var indent = depth > 0 || lines.Length == 0 ? null : Break(word, previous, between);
            if (indent is not null)
            {
                lines.Append('\n').Append(indent);
            }
            else if (spaced)
            {
                lines.Append(' ');
            }

            lines.Append(token);
            spaced = false;
            depth = lexer.Kind != SqlTokenKind.Symbol ? depth : token[0] switch { '(' => depth + 1, ')' => Math.Max(0, depth - 1), _ => depth };
            if (lexer.Kind == SqlTokenKind.LineComment)
            {
                lines.Append('\n');
            }

            between = word.Equals("BETWEEN", StringComparison.OrdinalIgnoreCase) || (between && !word.Equals("AND", StringComparison.OrdinalIgnoreCase));
            previous = word;
        }

        return lines.ToString();
    }

    /// <summary>Indentation of the line that <paramref name="word"/> begins; null when it begins none. The AND of a BETWEEN begins none.</summary>
    private static string? Break(string word, string previous, bool between)
    {
        if (word.Length == 0 || Binding.Contains(previous))
        {
            return null;
        }

        return Clauses.Contains(word) || Joins.Contains(word) ? ""
            : Conditions.Contains(word) && !between ? "  "
            : null;
    }
}
