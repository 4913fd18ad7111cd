using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Sampling;

/// <summary>What real servers do to a sampler at night. Each test has a server of its own.</summary>
public sealed class SamplerFaultTests
{
    [Fact]
    public async Task Its_backend_killed_heals_by_itself_and_draws_no_spike()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = new SamplerBench(server.ConnectionString());
        var before = await bench.UntilAsync(one => one.State == WatchState.Live);

        var pid = before.Activity!.Sessions.Single(session => session.IsDashboard).Pid;
        var killed = bench.Seen.Count;
        await server.KillBackendAsync(pid);

        // A small server recovers between two ticks: whether one of them fails is its affair, that none lies is ours.
        var healed = await bench.UntilAsync(one => one.State == WatchState.Live && one.Activity!.Sessions.All(session => session.Pid != pid), since: killed);
        Assert.Null(healed.FailingSince);
        Assert.Null(healed.Rates);
        Assert.All(
            bench.Seen.Skip(killed).Where(one => one.State == WatchState.Failing),
            one => Assert.True(one is { Activity: not null, Explanation.Length: > 0 } && one.ReadAt < one.PublishedAt));
        await bench.UntilAsync(one => one.Rates is not null);
    }

    [Fact]
    public async Task A_terminated_connection_alone_heals_within_the_tick()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = new SamplerBench(server.ConnectionString());
        var before = await bench.UntilAsync(one => one.State == WatchState.Live);
        var pid = before.Activity!.Sessions.Single(session => session.IsDashboard).Pid;

        await server.ExecuteAsync($"SELECT pg_terminate_backend({pid})");
        var after = await bench.UntilAsync(one => one.Activity!.Sessions.Any(session => session.IsDashboard && session.Pid != pid));
        Assert.Equal(WatchState.Live, after.State);
    }

    [Fact]
    public async Task The_postmaster_killed_is_said_within_two_seconds_and_its_return_is_seen_within_a_tick()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = new SamplerBench(server.ConnectionString(), new SamplerOptions());
        await bench.UntilAsync(one => one.State == WatchState.Live);

        var killed = bench.Seen.Count;
        await server.KillPostmasterAsync();
        var failing = await bench.UntilAsync(one => one.State == WatchState.Failing, seconds: 2, killed);
        Assert.NotNull(failing.FailingSince);
        Assert.NotNull(failing.Activity);
        Assert.True(failing.ReadAt < failing.PublishedAt);
        await bench.UntilAsync(one => one.Explanation?.Contains("Nothing listens", StringComparison.Ordinal) == true, seconds: 5, killed);

        await server.RestartAsync();
        await bench.UntilAsync(one => one.State == WatchState.Live, seconds: 3);
    }

    [Fact]
    public async Task A_server_that_hangs_is_said_every_few_seconds_without_piling_up_connections()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var bench = new SamplerBench(
            server.ConnectionString(),
            new SamplerOptions { Interval = TimeSpan.FromMilliseconds(250), TickBudget = TimeSpan.FromMilliseconds(500), LongestBackoff = TimeSpan.FromSeconds(1) });
        await bench.UntilAsync(one => one.State == WatchState.Live);

        server.Freeze();
        try
        {
            await bench.UntilAsync(one => one.State == WatchState.Failing, seconds: 3);
            for (var heartbeat = 0; heartbeat < 12; heartbeat++)
            {
                var next = await bench.UntilAsync(_ => true, seconds: 3);
                Assert.Equal(WatchState.Failing, next.State);
            }

            Assert.InRange(SocketsTo(server.Port), 0, 4);
        }
        finally
        {
            server.Thaw();
        }

        var healed = await bench.UntilAsync(one => one.State == WatchState.Live);
        Assert.True(healed.Activity!.Sessions.Count(session => session.IsDashboard) <= 3);
    }

    [Fact]
    public async Task Full_slots_are_a_finding_and_the_sampler_keeps_its_own()
    {
        await using var server = await PostgresServer.StartOwnAsync(
            PostgresVersions.Newest,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "12" });
        var role = await server.CreateRoleAsync("pg_monitor");
        await using var bench = new SamplerBench(server.ConnectionString("postgres", role), new SamplerOptions());
        await bench.UntilAsync(one => one.State == WatchState.Live);
        List<NpgsqlConnection> crowd = [];
        var other = await server.CreateRoleAsync();
        try
        {
            await FillAsync(server, other, crowd);
            var full = await bench.UntilAsync(one => one.Activity!.Sessions.Count >= one.Limits!.Ordinary);
            Assert.Equal(WatchState.Live, full.State);
            var finding = full.Findings.Single(one => one.Key == "connections.limit");
            Assert.Equal(FindingLevel.Critical, finding.Level);
            Assert.Contains("53300", finding.Evidence, StringComparison.Ordinal);

            // Without its connection it is an ordinary role like any other: it says that no slot is left, and keeps asking.
            var shut = bench.Seen.Count;
            var dashboards = full.Activity!.Sessions.Single(session => session.IsDashboard).Pid;
            await TakeSlotOfAsync(server, dashboards, other, crowd);
            var words = (await bench.UntilAsync(one => one.State == WatchState.Failing, since: shut)).Explanation;
            Assert.Contains("53300", words, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var connection in crowd)
            {
                await connection.DisposeAsync();
            }
        }

        await bench.UntilAsync(one => one.State == WatchState.Live);
    }

    /// <summary>Ends a session and takes its slot before its owner can: the sampler's next connection comes at its next tick.</summary>
    private static async Task TakeSlotOfAsync(PostgresServer server, int pid, TestRole role, List<NpgsqlConnection> crowd)
    {
        await using var superuser = new NpgsqlConnection(server.ConnectionString());
        await superuser.OpenAsync();
        await using var terminate = new NpgsqlCommand($"SELECT pg_terminate_backend({pid}, 1000)", superuser);
        await terminate.ExecuteNonQueryAsync();
        await FillAsync(server, role, crowd);
    }

    private static async Task FillAsync(PostgresServer server, TestRole role, List<NpgsqlConnection> crowd)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", role)) { Pooling = false }.ConnectionString;
        while (true)
        {
            var connection = new NpgsqlConnection(unpooled);
            try
            {
                await connection.OpenAsync();
                crowd.Add(connection);
            }
            catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }

    private static int SocketsTo(int port) => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties()
        .GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == System.Net.NetworkInformation.TcpState.Established);
}
