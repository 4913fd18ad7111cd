using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Explaining;

/// <summary>Whether a recorded text may be put behind EXPLAIN: one whole statement of a kind that has a plan.</summary>
internal static class ExplainableStatement
{
    private static readonly string[] Kinds = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "WITH", "TABLE"];

    /// <summary>Why it may not, in words; null when it may. <paramref name="statement"/> is the text without a closing semicolon.</summary>
    public static string? Refusal(string text, out string statement)
    {
        statement = text.TrimEnd().TrimEnd(';').TrimEnd();
        string? first = null;
        var lexer = new SqlLexer(statement);
        while (lexer.MoveNext())
        {
            if (!lexer.IsComplete)
            {
                return "The recorded text ends in the middle: the server kept only a part of it (track_activity_query_size). A part has no plan.";
            }

            if (lexer.Kind == SqlTokenKind.Symbol && lexer.Token is ";")
            {
                return "The recorded text holds several statements. Only one at a time has a plan.";
            }

            first ??= lexer.Kind == SqlTokenKind.Word ? new string(lexer.Token) : null;
        }

        return first is null || !Kinds.Contains(first, StringComparer.OrdinalIgnoreCase)
            ? $"{(first is null ? "An empty statement" : first.ToUpperInvariant())} has no plan: only SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES and WITH have."
            : null;
    }
}
