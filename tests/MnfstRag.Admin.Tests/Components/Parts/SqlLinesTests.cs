using MnfstRag.Admin.Components.Parts;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class SqlLinesTests
{
    [Fact]
    public void A_long_line_is_broken_at_its_clauses() =>
        Assert.Equal(
            """
            SELECT d.id, d.title, d.created_at, d.updated_at, d.status
            FROM documents d
            LEFT JOIN users u ON u.id = d.user_id
            WHERE d.tenant_id = $1
            ORDER BY d.created_at DESC
            LIMIT 50
            """,
            SqlLines.Break("SELECT d.id, d.title, d.created_at, d.updated_at, d.status FROM documents d LEFT JOIN users u ON u.id = d.user_id WHERE d.tenant_id = $1 ORDER BY d.created_at DESC LIMIT 50"));

    [Theory]
    [InlineData("SELECT 1 FROM t WHERE a = 1")]
    [InlineData("SELECT a,\n       b\nFROM a_table_whose_author_has_already_broken_the_statement_into_lines WHERE x = 1 LIMIT 3")]
    public void What_is_short_or_already_has_lines_is_left_alone(string sql) => Assert.Equal(sql, SqlLines.Break(sql));

    [Theory]
    [InlineData("INSERT INTO notes (body, author_id, created_at) SELECT 'FROM here WHERE there', '1', now() /* FROM a WHERE b */")]
    [InlineData("SELECT \"FROM\", \"WHERE\", count(extract(epoch FROM a)), (SELECT max(x) FROM y WHERE z = 1 LIMIT 1), and_some_more_text")]
    [InlineData("SELECT $body$ FROM x WHERE y LIMIT 5 $body$, E'it\\'s FROM a WHERE b', 'and it''s a text that FROM runs on and on'")]
    [InlineData("SELECT 'an open quote FROM a WHERE b that the server has cut off at track_activity_query_size and so ends he")]
    public void Nothing_inside_quotes_comments_or_parentheses_is_touched(string sql) => Assert.Equal(sql, SqlLines.Break(sql));

    [Fact]
    public void Only_white_space_ever_changes()
    {
        const string sql = "UPDATE documents SET status = '?',  processed_at = now() WHERE id IN (SELECT id FROM documents WHERE status = '?' LIMIT 5) RETURNING id;";
        Assert.Equal(sql.Replace(" ", "", StringComparison.Ordinal), SqlLines.Break(sql).Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
    }
}
