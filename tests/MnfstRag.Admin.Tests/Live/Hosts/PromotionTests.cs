using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Tests.Live.Alerting;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>A primary that is lost for good, on servers of the test's own.</summary>
public sealed class PromotionTests
{
    private static readonly (string, string, AlertChangeKind)[] Once = [(AlertRules.Primary, "primary", AlertChangeKind.Raised), (AlertRules.Primary, "primary", AlertChangeKind.Ended)];

    [Fact]
    public async Task The_primary_dies_a_standby_is_read_then_promoted_and_the_old_one_comes_back_as_a_second()
    {
        await using var pair = await Pair.StartAsync();
        await using var bench = pair.Bench(FailoverTests.Paced);
        var guard = new WritableGuard(bench.Watches);
        var before = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.Standing.State: PrimaryState.Known } && one.Hosts!.Hosts.All(host => host.Answers) && one.Rates is not null, seconds: 30);
        Assert.Equal(pair.PrimaryHost, before.Hosts!.Standing.Primary);
        Assert.Equal(pair.PrimaryHost, before.Hosts.ReadFrom);
        Assert.Null((await guard.StandingAsync("test")).Refusal);
        Assert.Equal(before.Hosts.Hosts[0].SystemIdentifier, before.Hosts.Hosts[1].SystemIdentifier);

        // Lost: said within two ticks, read from the standby, written nowhere.
        var killed = bench.Seen.Count;
        await pair.Primary.KillPostmasterAsync();
        var said = await bench.UntilAsync(one => one.Hosts?.Standing.State == PrimaryState.Lost, seconds: 10, killed);
        Assert.InRange(bench.Seen.Skip(killed).TakeWhile(one => one != said).Count(), 0, 2);
        var stands = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.StandsIn: true, Activity: not null }, seconds: 10, killed);
        Assert.Equal(pair.StandbyHost, stands.Hosts!.ReadFrom);
        Assert.True(stands.Capabilities!.InRecovery);
        Assert.Null(stands.Point.Sessions);
        Assert.Equal(FindingLevel.Critical, stands.Findings.Single(one => one.Key == "host.primary-lost").Level);
        var lost = await guard.StandingAsync("test");
        Assert.Equal(PrimaryState.Lost, lost.State);
        Assert.Contains(pair.PrimaryHost.ToString(), lost.Refusal, StringComparison.Ordinal);
        Assert.NotNull(lost.Toward(DatabaseUrl.Parse(pair.Primary.ConnectionString()).Url!).Refusal);

        // Promoted: the primary again, without anybody telling the dashboard.
        var promoted = bench.Seen.Count;
        await pair.Standby.ExecuteAsync("SELECT pg_promote()");
        var back = await bench.UntilAsync(one => one is { State: WatchState.Live, Hosts.Standing.State: PrimaryState.Known }, seconds: 15, promoted);
        Assert.Equal(pair.StandbyHost, back.Hosts!.Standing.Primary);
        Assert.Equal(2, back.Hosts.Standing.Timeline);
        Assert.Null(back.Rates);
        Assert.NotNull(back.Hosts.Find(pair.StandbyHost)!.LastChange);
        var written = (await guard.StandingAsync("test")).Toward(DatabaseUrl.Parse($"postgresql://u:p@{pair.PrimaryHost},{pair.StandbyHost}/postgres").Url!);
        Assert.Equal([pair.StandbyHost], written.Url!.Hosts);

        // Told once, ended once.
        var (alerts, known) = (new AlertWalk(AlertWalk.Soon(AlertRules.Primary, 0)), bench.Seen.Count);
        await bench.UntilAsync(_ => bench.Seen.Count >= known + 3);
        var whole = bench.Seen;
        Assert.Equal(Once, alerts.Over(whole));

        // The old one comes back as a second primary.
        await pair.Primary.RestartAsync();
        var split = await bench.UntilAsync(one => one.Hosts?.Standing.State == PrimaryState.SplitBrain, seconds: 20);
        Assert.Equal(pair.StandbyHost, split.Hosts!.Standing.Primary);
        Assert.Equal(pair.StandbyHost, split.Hosts.ReadFrom);
        Assert.Equal(FindingLevel.Critical, split.Findings.Single(one => one.Key == "host.split-brain").Level);
        Assert.Contains("timeline 1", (await guard.StandingAsync("test")).Refusal, StringComparison.Ordinal);

        // And goes again.
        await pair.Primary.StopAsync(StopMode.Fast);
        await bench.UntilAsync(one => one.Hosts?.Standing.State == PrimaryState.Known, seconds: 15);
        Assert.True((await guard.StandingAsync("test")).MayWrite);
        known = bench.Seen.Count;
        await bench.UntilAsync(_ => bench.Seen.Count >= known + 3);
        Assert.Equal(Once, alerts.Over(bench.Seen.Skip(whole.Count)));
        Assert.All(bench.Seen, one => Assert.True(one.Rates is null or { TransactionsPerSecond: < 5_000 }));
    }
}
