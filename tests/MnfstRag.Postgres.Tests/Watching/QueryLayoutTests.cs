using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class QueryLayoutTests
{
    [Fact]
    public void Each_clause_gets_a_line_and_conditions_are_indented()
    {
        Assert.Equal(
            "SELECT a, b\nFROM t\nLEFT JOIN u ON u.id = t.id\nWHERE a = ?\n  AND b BETWEEN ? AND ?\n  OR c\nGROUP BY a\nORDER BY b\nLIMIT ?",
            QueryLayout.Lines("SELECT a, b  FROM t LEFT JOIN u ON u.id = t.id\n WHERE a = ? AND b BETWEEN ? AND ? OR c GROUP BY a ORDER BY b LIMIT ?"));
    }

    [Fact]
    public void What_stands_in_parentheses_stays_together()
    {
        Assert.Equal(
            "SELECT *\nFROM (SELECT a FROM t WHERE b AND c) x\nWHERE EXTRACT(year FROM d) = ?",
            QueryLayout.Lines("SELECT * FROM (SELECT a FROM t WHERE b AND c) x WHERE EXTRACT(year FROM d) = ?"));
    }

    [Theory]
    [InlineData("UPDATE t SET a = ? WHERE b RETURNING c", "UPDATE t\nSET a = ?\nWHERE b\nRETURNING c")]
    [InlineData("DELETE FROM t WHERE a", "DELETE FROM t\nWHERE a")]
    [InlineData("SELECT a FROM t FOR UPDATE", "SELECT a\nFROM t FOR UPDATE")]
    [InlineData("INSERT INTO t VALUES (?) ON CONFLICT DO UPDATE SET a = ?", "INSERT INTO t\nVALUES (?) ON CONFLICT DO UPDATE SET a = ?")]
    [InlineData("SELECT a IS DISTINCT FROM b", "SELECT a IS DISTINCT FROM b")]
    [InlineData("BEGIN", "BEGIN")]
    public void Phrases_are_not_torn(string text, string expected)
    {
        Assert.Equal(expected, QueryLayout.Lines(text));
    }
}
