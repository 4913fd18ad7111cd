using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Tests.Alerting;

/// <summary>How far behind standbys are, and what becomes of an alert when nobody knows any more.</summary>
public sealed class ReplicaAlertsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly DatabaseHost Primary = new("a", 5432);
    private static readonly DatabaseHost Replica = new("b", 5432);
    private static readonly AlertRule[] Rules = [.. AlertRules.Defaults.Where(rule => rule.Key is AlertRules.ReplicaLag or AlertRules.ReplicaDelay)];

    private AlertMemory _memory = AlertMemory.Quiet;
    private DateTimeOffset _now = Noon;

    [Fact]
    public void Old_data_is_told_once_though_few_bytes_lack_and_ends_once()
    {
        Assert.Empty(Look(40, Behind(TimeSpan.FromSeconds(4), 900)));
        Assert.Equal(["replica-delay b:5432 Raised Warning: b:5432 shows what was true 20 s ago: it has not replayed what was written since."], Look(40, Behind(TimeSpan.FromSeconds(20), 900)));
        Assert.Equal(["replica-delay b:5432 Worsened Critical: b:5432 shows what was true 2 m ago: it has not replayed what was written since."], Look(40, Behind(TimeSpan.FromMinutes(2), 900)));
        Assert.Empty(Look(40, Behind(TimeSpan.FromSeconds(58), 900)));
        Assert.Equal(["replica-delay b:5432 Ended Critical: b:5432 has replayed all of the log that is known."], Look(40, Behind(TimeSpan.Zero, 0)));
    }

    [Fact]
    public void Much_log_is_told_once_though_it_is_young_and_ends_once()
    {
        Assert.Equal(["replica-lag b:5432 Raised Critical: b:5432 has 200 MB of log yet to replay."], Look(40, Behind(TimeSpan.FromSeconds(2), 200L << 20)));
        Assert.Equal(["replica-lag b:5432 Ended Critical: b:5432 has 0 MB of log yet to replay."], Look(40, Behind(TimeSpan.Zero, 0)));
    }

    [Fact]
    public void A_replica_of_which_nothing_is_known_neither_raises_nor_ends_anything_and_another_is_judged_all_the_same()
    {
        Look(40, Behind(TimeSpan.FromMinutes(2), 200L << 20));
        Assert.Empty(Look(40, Silent()));
        Assert.Empty(Look(40, Behind(null, null)));
        Assert.Empty(Look(40, Behind(TimeSpan.Zero, 0) with { Standing = Standing(PrimaryState.Lost) }));

        var other = Silent();
        other = other with { Hosts = [.. other.Hosts, Standby(new DatabaseHost("c", 5432), TimeSpan.FromSeconds(30), 100)] };
        Assert.Equal(["replica-delay c:5432 Raised Warning: c:5432 shows what was true 30 s ago: it has not replayed what was written since."], Look(40, other));
    }

    [Fact]
    public void Standbys_that_nobody_named_are_judged_by_the_primarys_word_and_named_ones_once()
    {
        var link = new ReplicationLink("walreceiver", "streaming", 5L << 20, TimeSpan.FromMinutes(2), Replayed: 1);
        var named = Behind(TimeSpan.FromMinutes(2), 5L << 20);
        Assert.Equal(["b:5432"], Names(Feeding(named, link)));
        Assert.Equal(["b:5432", "walreceiver"], Names(Feeding(named, link, link)));
        var alone = named with { Hosts = [named.Hosts[0]] };
        Assert.Equal(["walreceiver"], Names(Feeding(alone, link)));
        Assert.Empty(ReplicaAlerts(alone).Known);
        Assert.Equal(["walreceiver"], ReplicaAlerts(Feeding(alone, link with { Behind = null, Lag = null })).Unknown[AlertRules.ReplicaDelay]);
    }

    private static HostTopology Feeding(HostTopology topology, params ReplicationLink[] links) =>
        topology with { Hosts = [topology.Hosts[0] with { Replication = new ReplicationReading(null, links, []) }, .. topology.Hosts.Skip(1)] };

    private static IEnumerable<string> Names(HostTopology topology) => ReplicaAlerts(topology).Known[AlertRules.ReplicaDelay].Select(reading => reading.Object).Distinct();

    private static AlertReadings ReplicaAlerts(HostTopology topology)
    {
        var view = new ServerView(null, null, new Activity(Noon, []), null, [], null, null) { At = Noon, Hosts = topology };
        var readings = ServerAlerts.Of(view);
        return readings with { Known = readings.Known.RemoveRange([AlertRules.Reach, AlertRules.Primary, AlertRules.IdleInTransaction]) };
    }

    private static HostTopology Behind(TimeSpan? lag, long? bytes) => new(
        [new WatchedHost(Primary, State(false), Noon, null, null, null, null), Standby(Replica, lag, bytes)], Standing(PrimaryState.Known), Primary);

    private static HostTopology Silent()
    {
        var topology = Behind(TimeSpan.Zero, 0);
        return topology with { Hosts = [topology.Hosts[0], topology.Hosts[1] with { Fault = "No answer." }] };
    }

    private static WatchedHost Standby(DatabaseHost host, TimeSpan? lag, long? bytes) => new(host, State(true), Noon, null, null, null, null) { Lag = lag, Behind = bytes };

    private static PrimaryStanding Standing(PrimaryState state) => new(state, Primary, Noon, 1, [Primary]);

    private static HostState State(bool recovers) => new(recovers, Noon, Noon, 1, 1, recovers ? 1 : null, null, false, null, recovers ? new HostReceiver("streaming", null, null, 1, null) : null);

    /// <summary>Looks so often, every five seconds.</summary>
    private List<string> Look(int times, HostTopology topology)
    {
        List<string> told = [];
        for (var look = 0; look < times; look++)
        {
            _now += TimeSpan.FromSeconds(5);
            (_memory, var changes) = _memory.Step(Rules, ReplicaAlerts(topology), _now);
            told.AddRange(changes.Select(change => $"{change.Name.Rule} {change.Name.Object} {change.Kind} {change.Level}: {change.Reading?.Evidence}"));
        }

        return told;
    }
}
