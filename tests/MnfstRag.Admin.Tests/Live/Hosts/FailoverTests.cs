using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Live.Alerting;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>A primary with a streaming standby, and what happens to them for a while.</summary>
[Collection(SharedPair.Name)]
public sealed class FailoverTests(SharedPair servers)
{
    internal static readonly SamplerOptions Paced = new() { Interval = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public async Task A_primary_behind_a_black_hole_or_a_reset_or_two_seconds_of_latency_is_read_from_the_standby_until_it_heals()
    {
        var pair = servers.Pair;
        await using var proxy = new FaultProxy(pair.Primary.Port);
        await using var bench = pair.Bench(Paced, proxy.Port);
        var near = new DatabaseHost("127.0.0.1", proxy.Port);
        await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.Standing.State: PrimaryState.Known } && one.Hosts!.Hosts.All(host => host.Answers), seconds: 30);
        foreach (var (name, fault) in new (string, Action)[]
        {
            ("black hole", proxy.Swallow),
            ("reset", proxy.Reset),
            ("latency", () => proxy.Delay(TimeSpan.FromSeconds(2))),
        })
        {
            var from = bench.Seen.Count;
            fault();
            var stands = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.StandsIn: true, Activity: not null }, seconds: 30, from);
            Assert.True(stands.Hosts!.ReadFrom == pair.StandbyHost, name);
            Assert.InRange(proxy.Lines, 0, 6);

            proxy.Heal();
            var healed = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.Standing.State: PrimaryState.Known, Activity: not null }, seconds: 60);
            Assert.True(healed.Hosts!.ReadFrom == near, name);
        }
    }

    [Fact]
    public async Task A_primary_that_is_stopped_with_a_signal_is_given_up_for_the_standby_and_taken_back()
    {
        var pair = servers.Pair;
        await using var bench = pair.Bench(Paced);
        await bench.UntilAsync(one => one.Hosts is { Standing.State: PrimaryState.Known } && one.Hosts.Hosts.All(host => host.Answers), seconds: 30);
        var frozen = bench.Seen.Count;
        pair.Primary.Freeze();
        try
        {
            await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.StandsIn: true, Activity: not null }, seconds: 15, frozen);
        }
        finally
        {
            pair.Primary.Thaw();
        }

        var back = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.Standing.State: PrimaryState.Known }, seconds: 30);
        Assert.Equal(pair.PrimaryHost, back.Hosts!.ReadFrom);
    }

    [Fact]
    public async Task A_standby_that_hangs_holds_nobody_up()
    {
        var pair = servers.Pair;
        await using var bench = pair.Bench(Paced);
        await bench.UntilAsync(one => one.Hosts is { } hosts && hosts.Hosts.All(host => host.Answers), seconds: 30);
        pair.Standby.Freeze();
        try
        {
            var silent = await bench.UntilAsync(one => one.Hosts!.Find(pair.StandbyHost)!.Fault is not null);
            Assert.Equal(WatchState.Live, silent.State);
            Assert.Contains(silent.Findings, one => one.Key == $"host.silent:{pair.StandbyHost}");
            var from = bench.Seen.Count;
            await bench.UntilAsync(_ => bench.Seen.Count >= from + 6);
            Assert.All(bench.Seen.Skip(from), one => Assert.Equal((WatchState.Live, PrimaryState.Known), (one.State, one.Hosts!.Standing.State)));
        }
        finally
        {
            pair.Standby.Thaw();
        }

        await bench.UntilAsync(one => one.Hosts!.Find(pair.StandbyHost)!.Answers);
    }

    [Fact]
    public async Task Replay_that_is_paused_is_told_with_bytes_and_seconds_once_and_an_idle_primary_leaves_nobody_behind()
    {
        var pair = servers.Pair;
        await using var bench = pair.Bench(Paced);

        // Who names no replica knows of it by the primary's word alone.
        await using var unnamed = new SamplerBench(Pair.Url(pair.Primary).ToText(), new SamplerOptions { Interval = Paced.Interval, SlowInterval = TimeSpan.FromSeconds(2) });
        var idle = await bench.UntilAsync(one => one.Hosts?.Find(pair.StandbyHost) is { Behind: 0 }, seconds: 30);
        Assert.Equal(TimeSpan.Zero, idle.Hosts!.Find(pair.StandbyHost)!.Lag);

        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await pair.Primary.ExecuteAsync("DROP TABLE IF EXISTS filler; CREATE TABLE filler AS SELECT repeat('x', 500) AS words FROM generate_series(1, 40000)");
        var paused = await bench.UntilAsync(one => one.Hosts!.Find(pair.StandbyHost) is { State.ReplayPaused: true, Behind: > 1_000_000, Lag.TotalSeconds: > 1 }, seconds: 20);
        Assert.Contains(paused.Findings, one => one.Key == $"host.paused:{pair.StandbyHost}");
        await unnamed.UntilAsync(one => one.Hosts?.Primary?.Replication?.Links is [{ Behind: > 1_000_000, Lag.TotalSeconds: > 1 }], seconds: 20, since: 0);
        var later = await bench.UntilAsync(one => one.Hosts!.Find(pair.StandbyHost)!.Lag > paused.Hosts!.Find(pair.StandbyHost)!.Lag + TimeSpan.FromSeconds(1));
        Assert.Equal(PrimaryState.Known, later.Hosts!.Standing.State);

        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await bench.UntilAsync(one => one.Hosts!.Find(pair.StandbyHost) is { State.ReplayPaused: false, Behind: 0 }, seconds: 20);
        await unnamed.UntilAsync(one => one.Hosts?.Primary?.Replication?.Links is [{ Behind: 0, Lag.Ticks: 0 }], seconds: 20);
        foreach (var (watching, name) in new[] { (bench, pair.StandbyHost.ToString()), (unnamed, "the-standby") })
        {
            var seen = watching.Seen.Count;
            await watching.UntilAsync(_ => watching.Seen.Count >= seen + 3);
            Assert.Equal(
                [(AlertRules.ReplicaDelay, name, AlertChangeKind.Raised), (AlertRules.ReplicaDelay, name, AlertChangeKind.Ended), (AlertRules.ReplicaLag, name, AlertChangeKind.Raised), (AlertRules.ReplicaLag, name, AlertChangeKind.Ended)],
                new AlertWalk(AlertWalk.Soon(AlertRules.ReplicaLag, 1, 0.5), AlertWalk.Soon(AlertRules.ReplicaDelay, 1, 0.5)).Over(watching.Seen).OrderBy(one => one.Rule, StringComparer.Ordinal));
        }
    }
}
