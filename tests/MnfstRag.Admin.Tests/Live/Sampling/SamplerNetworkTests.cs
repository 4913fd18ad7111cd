using System.Diagnostics;
using MnfstRag.Admin.Live;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Sampling;

/// <summary>What networks do to a sampler. The server itself is well all the time.</summary>
public sealed class SamplerNetworkTests
{
    private static readonly SamplerOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(250), TickBudget = TimeSpan.FromMilliseconds(500), LongestBackoff = TimeSpan.FromSeconds(1), ConnectTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_line_that_swallows_everything_is_said_with_the_age_of_what_stands_and_heals()
    {
        await using var line = new FaultProxy((await PostgresServers.GetAsync()).Port);
        await using var bench = new SamplerBench(Url(await PostgresServers.GetAsync(), line), Quick);
        await bench.UntilAsync(one => one.State == WatchState.Live);

        line.Swallow();
        var failing = await bench.UntilAsync(one => one.State == WatchState.Failing, seconds: 10);
        Assert.True(failing is { Activity: not null, Explanation.Length: > 0 } && failing.ReadAt < failing.PublishedAt);
        for (var tick = 0; tick < 8; tick++)
        {
            Assert.Equal(WatchState.Failing, (await bench.UntilAsync(_ => true, seconds: 10)).State);
        }

        Assert.InRange(line.Lines, 0, 4);
        line.Heal();
        await bench.UntilAsync(one => one.State == WatchState.Live);
    }

    [Fact]
    public async Task A_result_that_is_cut_in_the_middle_is_never_shown_as_a_whole_one()
    {
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var line = new FaultProxy(server.Port);
        await using var crowd = await CrowdAsync(database, 12);
        await using var bench = new SamplerBench(Url(server, line, database.Name), Quick);
        int Seen(MnfstRag.Postgres.Watching.Activity? activity) => activity?.Sessions.Count(session => session.Database == database.Name && !session.IsDashboard) ?? -1;
        await bench.UntilAsync(one => one.State == WatchState.Live && Seen(one.Activity) == 12);

        foreach (var bytes in new[] { 1, 200, 900, 2_000, 5_000 })
        {
            var from = bench.Seen.Count;
            line.ResetAfter(bytes);
            await bench.UntilAsync(one => one.ReaderFaults.Count > 0 || one.State == WatchState.Failing || line.Lines > 0, seconds: 10);
            line.Heal();
            await bench.UntilAsync(one => one.State == WatchState.Live);
            Assert.All(bench.Seen.Skip(from), one => Assert.Equal(12, Seen(one.Activity)));
        }
    }

    [Fact]
    public async Task Two_seconds_on_the_way_are_an_outage_for_a_budget_of_half_a_second_and_viewers_wait_for_nothing()
    {
        var server = await PostgresServers.GetAsync();
        await using var line = new FaultProxy(server.Port);
        await using var bench = new SamplerBench(Url(server, line), Quick);
        await bench.UntilAsync(one => one.State == WatchState.Live);

        line.Delay(TimeSpan.FromSeconds(2));
        await bench.UntilAsync(one => one.State == WatchState.Failing, seconds: 15);
        var asked = Stopwatch.GetTimestamp();
        Assert.NotNull(bench.Watch.Feed.Latest);
        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalMilliseconds, 0, 200);
        line.Heal();
        await bench.UntilAsync(one => one.State == WatchState.Live, seconds: 20);
    }

    private static string Url(PostgresServer server, FaultProxy line, string database = "postgres") =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString(database)) { Host = "127.0.0.1", Port = line.Port, SslMode = SslMode.Disable }.ConnectionString;

    private static async Task<Sessions> CrowdAsync(TestDatabase database, int count)
    {
        var sessions = new Sessions();
        for (var number = 0; number < count; number++)
        {
            var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);
            await session.OpenAsync();
            sessions.All.Add(session);
        }

        return sessions;
    }

    private sealed class Sessions : IAsyncDisposable
    {
        public List<NpgsqlConnection> All { get; } = [];

        public async ValueTask DisposeAsync()
        {
            foreach (var session in All)
            {
                await session.DisposeAsync();
            }
        }
    }
}
