using MnfstRag.Postgres.Explaining;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Explaining;

public sealed class StatementExplainerTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_recorded_statement_with_parameters_has_a_generic_plan(int major)
    {
        await using var watched = await PreparedAsync(major);
        await watched.Database.ExecuteAsync("SELECT * FROM docs d JOIN tenants t ON t.id = d.tenant_id WHERE d.id = 17 AND d.note <> 's3cret' ORDER BY d.note LIMIT 5");

        var result = await ExplainAsync(watched, "SELECT * FROM docs d%");

        Assert.Null(result.Words);
        Assert.Equal((3, "docs,tenants"), (result.Plan!.Parameters, string.Join(',', result.Plan.Tables)));
        Assert.Contains("docs_pkey", result.Plan.Indexes);
        Assert.Contains(result.Plan.Root.All, node => node.Conditions.Any(condition => condition is ("Index Cond", _) && condition.Text.Contains("$1", StringComparison.Ordinal)));
        Assert.True(result.Plan.Costliest.OwnCost > 0);
        Assert.DoesNotContain("s3cret", result.Plan.Json, StringComparison.Ordinal);

        // Its connection was closed; the server ends the session in its own time.
        await Wait.UntilAsync(over => watched.Database.ScalarAsync<bool>(
            "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'mnfst-admin explain' AND datname = current_database()", over));
    }

    [Theory]
    [InlineData("SELECT d.id, t.id FROM docs d LEFT JOIN tenants t ON t.id = d.tenant_id WHERE d.id > $1 ORDER BY d.note LIMIT 5")]
    [InlineData("DELETE FROM docs WHERE id = $1")]
    [InlineData("SELECT note, count(*) FROM docs WHERE id = $1 OR id = $1 + $1 GROUP BY note HAVING count(*) > $1")]
    [InlineData("SELECT g FROM generate_series(1, $1) AS g JOIN docs ON docs.id = g ORDER BY docs.id DESC")]
    [InlineData("WITH few AS MATERIALIZED (SELECT id FROM docs WHERE id < $1) SELECT * FROM few JOIN tenants t USING (id) JOIN few f ON f.id = t.id")]
    public async Task The_text_of_a_plan_is_what_EXPLAIN_writes(string sql)
    {
        await using var watched = await PreparedAsync(PostgresVersions.Newest);
        await using var connection = await watched.Database.OpenAsync();
        async Task<string> AskAsync(string form)
        {
            await using var command = new Npgsql.NpgsqlCommand($"EXPLAIN ({form}) EXECUTE asked(NULL)", connection) { AllResultTypesAreUnknown = true };
            await using var rows = await command.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await rows.ReadAsync())
            {
                lines.Add(rows.GetString(0));
            }

            return string.Join('\n', lines);
        }

        await using (var prepare = new Npgsql.NpgsqlCommand($"SET plan_cache_mode = force_generic_plan; SET enable_hashjoin = off; PREPARE asked(int) AS {sql}", connection))
        {
            await prepare.ExecuteNonQueryAsync();
        }

        Assert.Equal(await AskAsync("FORMAT TEXT"), PlanParser.Parse(await AskAsync("FORMAT JSON"), 1).Text);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_statement_that_writes_is_planned_and_not_run(int major)
    {
        await using var watched = await PreparedAsync(major);
        await watched.Database.ExecuteAsync("DELETE FROM docs WHERE id = 3");
        var before = await watched.Database.ScalarAsync<long>("SELECT count(*) FROM docs");

        var result = await ExplainAsync(watched, "DELETE FROM docs%");

        Assert.StartsWith("ModifyTable", result.Plan!.Root.Type, StringComparison.Ordinal);
        Assert.Equal(before, await watched.Database.ScalarAsync<long>("SELECT count(*) FROM docs"));
    }

    [Fact]
    public async Task What_has_no_plan_says_so_and_a_missing_right_names_itself()
    {
        await using var watched = await PreparedAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("VACUUM docs");
        await watched.Database.ExecuteAsync("SELECT count(*) FROM docs WHERE id > 3");

        Assert.Contains("VACUUM has no plan", (await ExplainAsync(watched, "VACUUM docs")).Words, StringComparison.Ordinal);
        Assert.Contains("no longer has this statement", (await new StatementExplainer(watched.Url, TimeProvider.System)
            .ExplainAsync((await KeyAsync(watched, "VACUUM docs")) with { QueryId = 42 }, CancellationToken.None)).Words, StringComparison.Ordinal);
        var role = await watched.Database.Server.CreateRoleAsync("pg_monitor");
        var url = MnfstRag.Postgres.Connecting.DatabaseUrl.Parse(watched.Database.Server.ConnectionString(watched.Database.Name, role)).Url!;
        Assert.Contains("42501", (await new StatementExplainer(url, TimeProvider.System)
            .ExplainAsync(await KeyAsync(watched, "SELECT count(*) FROM docs%"), CancellationToken.None)).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT 1; DROP TABLE t", "several statements")]
    [InlineData("SELECT 'a;b' FROM \"x;y\" ;", null)]
    [InlineData("/* c */ WITH x AS (SELECT 1) SELECT * FROM x", null)]
    [InlineData("(SELECT 1) UNION (SELECT 2)", null)]
    [InlineData("SELECT 'cut of", "ends in the middle")]
    [InlineData("SET work_mem = $1", "SET has no plan")]
    [InlineData("", "An empty statement")]
    public void Only_one_whole_statement_with_a_plan_is_let_through(string text, string? words)
    {
        var refusal = ExplainableStatement.Refusal(text, out _);
        Assert.Equal(words is null, refusal is null);
        Assert.Contains(words ?? "", refusal ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prepared_statement_is_taken_away_even_when_planning_fails()
    {
        await using var watched = await PreparedAsync(15);
        await watched.Database.ExecuteAsync("SELECT count(*) FROM docs WHERE id > 3");
        var key = await KeyAsync(watched, "SELECT count(*) FROM docs%");
        for (var turn = 0; turn < 2; turn++)
        {
            Assert.NotNull((await new StatementExplainer(watched.Url, TimeProvider.System).ExplainAsync(key, CancellationToken.None)).Plan);
        }
    }

    private static async Task<Watched> PreparedAsync(int major)
    {
        var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync(
            """
            CREATE EXTENSION pg_stat_statements;
            CREATE TABLE tenants (id int PRIMARY KEY);
            CREATE TABLE docs (id int PRIMARY KEY, tenant_id int, note text);
            INSERT INTO tenants SELECT g FROM generate_series(1, 3) g;
            INSERT INTO docs SELECT g, g % 3, 'n' FROM generate_series(1, 5000) g;
            ANALYZE tenants, docs;
            """);
        return watched;
    }

    private static async Task<ExplainResult> ExplainAsync(Watched watched, string like) =>
        await new StatementExplainer(watched.Url, TimeProvider.System).ExplainAsync(await KeyAsync(watched, like), CancellationToken.None);

    private static async Task<StatementKey> KeyAsync(Watched watched, string like) => StatementKey.Parse(await watched.Database.ScalarAsync<string>(
        $"SELECT queryid || ':' || dbid || ':' || userid || ':t' FROM pg_stat_statements WHERE query LIKE '{like}' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1"))!.Value;
}
