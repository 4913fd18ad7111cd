using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Sampling;

public sealed class SamplerTests
{
    [Theory]
    [ClassData(typeof(PostgresVersions))]
    public async Task A_snapshot_holds_what_the_server_says(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync("pg_monitor");
        await using var bench = new SamplerBench(database.ConnectionStringFor(role));
        await using var other = await database.OpenAsync();

        var snapshot = await bench.UntilAsync(one => one is { State: WatchState.Live, Rates: not null });
        Assert.Null(snapshot.Explanation);
        Assert.Equal(major, snapshot.Capabilities!.Major);
        Assert.Equal(100, snapshot.Limits!.MaxConnections);
        Assert.Empty(snapshot.ReaderFaults);
        Assert.Contains(snapshot.Activity!.Sessions, session => session.Pid == other.ProcessID && session.State == SessionState.Idle);
        Assert.Single(snapshot.Activity.Sessions, session => session.IsDashboard && session.User == role.Name);
        Assert.NotEmpty(bench.Watch.History.Since(DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task Any_number_of_viewers_costs_the_server_the_same_as_one()
    {
        // A server of its own: on one that many tests use, pg_stat_statements drops what was counted to make room.
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        var role = await server.CreateRoleAsync("pg_monitor");

        // What runs seldom has run once and does not run again: both windows hold the same ticks.
        await using var bench = new SamplerBench(
            database.ConnectionStringFor(role), new SamplerOptions { Interval = TimeSpan.FromMilliseconds(250), StatementsInterval = TimeSpan.FromMinutes(5), ShapeInterval = TimeSpan.FromMinutes(5) });
        await bench.UntilAsync(one => one.StatementTexts.Count > 0 && one.Slow.Of(IndexReader.Instance) is not null
            && one.Slow.Of(TableReader.Instance) is not null && one.Slow.Of(ForeignKeyReader.Instance) is not null);

        var alone = await CallsPerTickAsync(bench, database, role);
        using var leave = new CancellationTokenSource();
        var crowd = Enumerable.Range(0, 200).Select(_ => SeeAsync(bench, leave.Token)).ToList();
        var crowded = await CallsPerTickAsync(bench, database, role);
        await leave.CancelAsync();
        await Task.WhenAll(crowd);

        Assert.InRange(alone, 1.8, 3.5);
        Assert.Equal(alone, crowded, tolerance: 0.35);
    }

    [Fact]
    public async Task Nobody_watching_slows_it_down_and_the_first_viewer_wakes_it_at_once()
    {
        var server = await PostgresServers.GetAsync();
        var options = new SamplerOptions { Interval = TimeSpan.FromMilliseconds(250), IdleInterval = TimeSpan.FromMinutes(5) };
        await using var bench = new SamplerBench(server.ConnectionString(), options, watched: false);
        await UntilAsync(() => bench.Watch.Feed.Latest is { State: WatchState.Live });
        var first = bench.Watch.Feed.Latest!;
        Assert.Equal(options.IdleInterval, first.Interval);

        using var leave = new CancellationTokenSource();
        var viewer = SeeAsync(bench, leave.Token);
        await UntilAsync(() => bench.Watch.Feed.Latest != first && bench.Watch.Feed.Latest is { State: WatchState.Live });
        Assert.Equal(options.Interval, bench.Watch.Feed.Latest!.Interval);
        await leave.CancelAsync();
        await viewer;
    }

    [Fact]
    public async Task Without_a_credential_it_says_how_to_give_one_and_a_new_one_is_used_at_once()
    {
        var server = await PostgresServers.GetAsync();
        await using var bench = new SamplerBench(url: null);
        var without = await bench.UntilAsync(one => one.State == WatchState.NotConfigured);
        Assert.Contains("Environments:test:Watch", without.Explanation, StringComparison.Ordinal);

        bench.Sampler.Use(server.ConnectionString());
        await bench.UntilAsync(one => one.State == WatchState.Live);

        bench.Sampler.Use("postgresql://nobody:wrong@127.0.0.1:1/nothing");
        var failing = await bench.UntilAsync(one => one.State == WatchState.Failing);
        Assert.Null(failing.Activity);
        Assert.DoesNotContain("wrong", failing.Explanation, StringComparison.Ordinal);

        bench.Sampler.Use("no address at all");
        await bench.UntilAsync(one => one.State == WatchState.NotConfigured);
    }

    [Fact]
    public async Task A_role_without_pg_monitor_sees_hidden_sessions_and_not_none()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        var role = await server.CreateRoleAsync();
        await using var bench = new SamplerBench(database.ConnectionStringFor(role));
        await using var other = await database.OpenAsync();

        var snapshot = await bench.UntilAsync(one => one.Activity?.Sessions.Any(session => session.Pid == other.ProcessID) == true);
        Assert.Equal(SessionState.Hidden, snapshot.Activity!.Sessions.Single(session => session.Pid == other.ProcessID).State);
        Assert.False(snapshot.Capabilities!.ReadsAllStats);
    }

    [Fact]
    public async Task Leadership_lost_ends_reading_at_once_and_found_again_resumes_it()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync("pg_monitor");
        var leadership = new SamplerBench.Leading();
        using var held = new CancellationTokenSource();
        leadership.Standing = new Standing(WatchState.Live, null, held.Token);
        await using var bench = new SamplerBench(server.ConnectionString("postgres", role), leadership: leadership);
        await bench.UntilAsync(one => one.State == WatchState.Live);

        await held.CancelAsync();
        leadership.Now(new Standing(WatchState.Follower, "Another instance watches (mnfst-admin on other).", CancellationToken.None));
        var follower = await bench.UntilAsync(one => one.State == WatchState.Follower);
        Assert.Contains("other", follower.Explanation, StringComparison.Ordinal);
        await UntilAsync(async () => await ConnectionsAsync(server, role) == 0);

        leadership.Now(new Standing(WatchState.Live, null, CancellationToken.None));
        await bench.UntilAsync(one => one.State == WatchState.Live);
    }

    private static async Task<long> ConnectionsAsync(PostgresServer server, TestRole role)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE usename = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role.Name });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Statements of the sampler's role per tick, over twelve ticks.</summary>
    private static async Task<double> CallsPerTickAsync(SamplerBench bench, TestDatabase database, TestRole role)
    {
        await bench.UntilAsync(one => one.State == WatchState.Live);
        var (calls, ticks) = (await CallsAsync(database, role), bench.Seen.Count);
        await UntilAsync(() => bench.Seen.Count >= ticks + 12);
        var seen = bench.Seen.Count;
        return (double)(await CallsAsync(database, role) - calls) / (seen - ticks);
    }

    private static async Task<long> CallsAsync(TestDatabase database, TestRole role) => Convert.ToInt64(
        await database.ScalarAsync<object>($"SELECT coalesce(sum(calls), 0)::int8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = '{role.Name}'"),
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task SeeAsync(SamplerBench bench, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in bench.Watch.Feed.WatchAsync(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

}
