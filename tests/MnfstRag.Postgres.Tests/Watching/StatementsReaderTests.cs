using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class StatementsReaderTests
{
    private const string Secret = "s3cret-of-a-tenant";

    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task Figures_are_those_of_the_view_at_the_same_moment(int major)
    {
        await using var watched = await Watched.StartAsync(major, WatchingRole.Monitor);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE TABLE t AS SELECT g FROM generate_series(1, 1000) g");
        for (var call = 0; call < 3; call++)
        {
            await watched.Database.ExecuteAsync("SELECT count(*) FROM t WHERE g > 17");
        }

        var reading = await watched.ReadAsync(StatementsReader.Instance);
        var key = await KeyAsync(watched, "SELECT count(*) FROM t WHERE g > %");
        var entry = Assert.Single(reading.Statements, statement => statement.Key == key);
        var name = major >= 14 ? "total_exec_time" : "total_time";
        Assert.Equal(3, entry.Calls);
        Assert.Equal(3, entry.Rows);
        Assert.Equal(await watched.Database.ScalarAsync<double>($"SELECT {name} FROM pg_stat_statements WHERE queryid = {key.QueryId} AND dbid = {key.DatabaseId}"), entry.ExecMs);
        Assert.Equal(
            await watched.Database.ScalarAsync<long>($"SELECT shared_blks_hit + shared_blks_read FROM pg_stat_statements WHERE queryid = {key.QueryId} AND dbid = {key.DatabaseId}"),
            entry.BlocksHit + entry.BlocksRead);
        Assert.Equal(reading.IoTimed, entry.IoMs is not null);
        Assert.Equal(major >= 17, entry.Since is not null);
        Assert.NotNull(entry.WalBytes);
        Assert.NotNull(reading.Deallocated);
        Assert.True(reading.Most >= 100);
        Assert.Equal(0, reading.Hidden);
    }

    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task A_bare_role_sees_that_something_is_hidden_and_never_zero(int major)
    {
        await using var watched = await Watched.StartAsync(major, WatchingRole.Bare);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; SELECT 1");

        var reading = await watched.ReadAsync(StatementsReader.Instance);

        Assert.True(reading.Hidden > 0);
        Assert.DoesNotContain(reading.Statements, statement => statement.Key.UserId == 10);
    }

    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task Texts_are_masked_and_the_dashboards_own_are_known(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync($"CREATE EXTENSION pg_stat_statements SCHEMA public; COMMENT ON EXTENSION pg_stat_statements IS '{Secret}'");
        await watched.ReadAsync(StatementsReader.Instance);
        var ids = (await watched.ReadAsync(StatementsReader.Instance)).Statements.Select(statement => statement.Key.QueryId).Distinct().ToList();

        var texts = (await watched.ReadAsync(new StatementTextsReader(ids))).Values.Where(text => text.Database == watched.Database.Name).ToList();

        Assert.Contains(texts, text => text.Text.StartsWith("COMMENT ON EXTENSION", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Text.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.IsDashboard);
        Assert.Contains(texts, text => !text.IsDashboard);
        Assert.All(texts, text => Assert.Equal("postgres", text.User));
    }

    [Fact]
    public async Task An_extension_left_at_its_old_version_is_read_with_its_old_columns()
    {
        await using var watched = await Watched.StartAsync(15, WatchingRole.Monitor);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements VERSION '1.7'; SELECT pg_sleep(0.01)");

        var reading = await watched.ReadAsync(StatementsReader.Instance);
        var key = await KeyAsync(watched, "SELECT pg_sleep(%");
        var entry = Assert.Single(reading.Statements, statement => statement.Key == key);

        Assert.Equal(("1.7", null, null), (reading.Extension, reading.Deallocated, entry.WalBytes));
        Assert.InRange(entry.ExecMs, 10, 10_000);
        Assert.True(entry.Key.TopLevel);
    }

    [Fact]
    public async Task An_extension_in_a_schema_with_a_quote_is_found()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE SCHEMA \"Ex\"\"t\"; CREATE EXTENSION pg_stat_statements SCHEMA \"Ex\"\"t\"; SELECT 1");

        Assert.NotEmpty((await watched.ReadAsync(StatementsReader.Instance)).Statements);
    }

    [Fact]
    public async Task Where_the_extension_is_not_created_nothing_is_asked_and_nothing_fails()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);

        var reading = await watched.ReadAsync(StatementsReader.Instance);

        Assert.Null(reading.Extension);
        Assert.Empty(reading.Statements);
        Assert.Empty(await watched.ReadAsync(new StatementTextsReader([1])));
    }

    [Fact]
    public async Task What_was_called_between_two_readings_is_their_difference()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE TABLE t (g int); SELECT count(*) FROM t");
        var earlier = await watched.ReadAsync(StatementsReader.Instance);
        await watched.Database.ExecuteAsync("SELECT count(*) FROM t");
        await watched.Database.ExecuteAsync("SELECT count(*), 'new' FROM t");
        var later = await watched.ReadAsync(StatementsReader.Instance);

        var deltas = StatementDelta.Between(earlier, later)!;
        var known = await KeyAsync(watched, "SELECT count(*) FROM t");
        var fresh = await KeyAsync(watched, "SELECT count(*), $1 FROM t");
        Assert.Equal(1, Assert.Single(deltas, delta => delta.Key == known).Calls);
        Assert.Equal(1, Assert.Single(deltas, delta => delta.Key == fresh).Calls);
        await watched.Database.ExecuteAsync("SELECT pg_stat_statements_reset()");
        Assert.Null(StatementDelta.Between(later, await watched.ReadAsync(StatementsReader.Instance)));
    }

    private static async Task<StatementKey> KeyAsync(Watched watched, string like) => StatementKey.Parse(await watched.Database.ScalarAsync<string>(
        $"""
        SELECT queryid || ':' || dbid || ':' || userid || ':t' FROM pg_stat_statements
        WHERE query LIKE '{like.Replace("'", "''", StringComparison.Ordinal)}' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        LIMIT 1
        """))!.Value;
}
