namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Statements that the dashboard reads with are told from the product's by a comment. It stands behind the first word: from PostgreSQL 18
/// pg_stat_statements keeps no comment before a statement.
/// </summary>
public static class OwnStatements
{
    private const string Tag = "mnfst-admin:";

    /// <summary>With the mark; as it is where it has one, or is a single word.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="purpose">A word for what it is for.</param>
    public static string Mark(string sql, string purpose) =>
        sql.AsSpan().IndexOfAny(" \n") is var word and > 0 && !AreOwn(sql) ? $"{sql.AsSpan(0, word)} /* {Tag}{purpose} */{sql.AsSpan(word)}" : sql;

    /// <summary>A text of pg_stat_statements is of a statement of the dashboard's.</summary>
    public static bool AreOwn(string text) => text.Contains(Tag, StringComparison.Ordinal);
}
