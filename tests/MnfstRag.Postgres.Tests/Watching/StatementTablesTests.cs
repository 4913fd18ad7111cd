using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class StatementTablesTests
{
    [Fact]
    public async Task The_tables_that_a_text_names_are_found_and_nothing_that_only_looks_like_one()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE SCHEMA other; CREATE TABLE a (id int, b int); CREATE TABLE b (id int); CREATE TABLE other.a (id int); CREATE TABLE \"Mixed \"\"x\" (id int); CREATE TABLE year (n int)");
        var known = (await watched.ReadAsync(TableReader.Instance)).Tables;

        foreach (var (text, named) in new[]
        {
            ("SELECT a.b FROM a WHERE a.id = $1", "public.a"),
            ("SELECT count(*) FROM A LEFT OUTER JOIN b ON a.id = b.id", "public.a public.b"),
            ("select b, a from a x, other.a, only b where x.id in (select id from \"Mixed \"\"x\")", "public.a other.a public.b public.\"Mixed \"\"x\""),
            ("INSERT INTO a (id, b) VALUES ($1, $2) RETURNING b", "public.a"),
            ("UPDATE ONLY b SET id = $1 FROM a WHERE a.id = b.id", "public.b public.a"),
            ("DELETE FROM a USING b WHERE a.id = b.id", "public.a public.b"),
            ("WITH a AS (SELECT id FROM b) SELECT * FROM a", "public.b"),
            ("WITH x AS NOT MATERIALIZED (SELECT 1), b AS (SELECT 2) SELECT * FROM x, b, public.b", "public.b"),
            ("SELECT EXTRACT(year FROM a.at) FROM nowhere a", ""),
            ("SELECT $1 /* FROM a */ -- FROM b", ""),
            ("SELECT 'FROM a'", ""),
            ("BEGIN", ""),
            ("SELECT * FROM", ""),
            ("SELECT * FROM \"cut", ""),
        })
        {
            Assert.Equal($"{text}: {named}", $"{text}: {string.Join(' ', StatementTables.Named(text, known).Select(table => table.QualifiedName))}");
        }
    }
}
