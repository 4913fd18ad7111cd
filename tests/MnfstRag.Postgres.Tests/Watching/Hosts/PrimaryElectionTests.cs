using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Tests.Watching.Hosts;

public sealed class PrimaryElectionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly DatabaseHost A = new("a", 5432);
    private static readonly DatabaseHost B = new("b", 5432);

    [Fact]
    public void One_writer_is_the_primary()
    {
        var standing = Of([Primary(A, 1), Standby(B, 1)], PrimaryStanding.Unknown);
        Assert.Equal((PrimaryState.Known, A, 1), (standing.State, standing.Primary, standing.Timeline));
    }

    [Fact]
    public void Nothing_is_said_before_every_host_was_asked_once()
    {
        Assert.Equal(PrimaryState.Unknown, Of([new WatchedHost(A, null, null, null, null, null, null), Standby(B, 1)], PrimaryStanding.Unknown).State);
        Assert.Equal(PrimaryState.Unknown, Of([new WatchedHost(A, null, null, null, null, null, null), Primary(B, 1)], PrimaryStanding.Unknown).State);
    }

    [Fact]
    public void A_primary_that_does_not_answer_is_lost_since_it_ceased_to_and_remembered()
    {
        var known = Of([Primary(A, 1), Standby(B, 1)], PrimaryStanding.Unknown);
        var lost = PrimaryElection.Of([Silent(Primary(A, 1), Noon.AddSeconds(-3)), Standby(B, 1)], known, Noon);
        Assert.Equal((PrimaryState.Lost, A, Noon.AddSeconds(-3)), (lost.State, lost.Primary, lost.Since));
        Assert.Equal(Noon.AddSeconds(-3), PrimaryElection.Of([Silent(Primary(A, 1), Noon.AddSeconds(-3)), Standby(B, 1)], lost, Noon.AddMinutes(5)).Since);
    }

    [Fact]
    public void A_primary_that_is_dead_when_the_dashboard_starts_is_lost_too() =>
        Assert.Equal(PrimaryState.Lost, Of([Silent(new WatchedHost(A, null, null, null, null, null, null), Noon), Standby(B, 1)], PrimaryStanding.Unknown).State);

    [Fact]
    public void A_primary_that_became_a_standby_with_no_other_one_is_lost()
    {
        var known = Of([Primary(A, 1), Standby(B, 1)], PrimaryStanding.Unknown);
        Assert.Equal(PrimaryState.Lost, Of([Standby(A, 1), Standby(B, 1)], known).State);
    }

    [Fact]
    public void Standbys_alone_have_their_primary_elsewhere() =>
        Assert.Equal(PrimaryState.Elsewhere, Of([Standby(A, 1), Standby(B, 1)], PrimaryStanding.Unknown).State);

    [Fact]
    public void A_promoted_standby_is_the_primary_at_once()
    {
        var lost = Of([Silent(Primary(A, 1), Noon), Standby(B, 1)], Of([Primary(A, 1), Standby(B, 1)], PrimaryStanding.Unknown));
        var promoted = PrimaryElection.Of([Silent(Primary(A, 1), Noon), Primary(B, 2)], lost, Noon.AddSeconds(9));
        Assert.Equal((PrimaryState.Known, B, 2, Noon.AddSeconds(9)), (promoted.State, promoted.Primary, promoted.Timeline, promoted.Since));
    }

    [Fact]
    public void Two_writers_are_a_split_brain_and_the_higher_timeline_leads()
    {
        var split = Of([Primary(A, 1), Primary(B, 2)], Of([Primary(A, 1), Standby(B, 1)], PrimaryStanding.Unknown));
        Assert.Equal((PrimaryState.SplitBrain, B), (split.State, split.Primary));
        Assert.Equal([B, A], split.Writers);
    }

    [Fact]
    public void An_old_primary_that_comes_back_while_the_new_one_is_silent_is_not_taken_for_the_primary()
    {
        var known = Of([Silent(Primary(A, 1), Noon), Primary(B, 2)], PrimaryStanding.Unknown);
        Assert.Equal(PrimaryState.Known, known.State);
        Assert.Equal(PrimaryState.SplitBrain, Of([Primary(A, 1), Silent(Primary(B, 2), Noon)], known).State);
    }

    [Fact]
    public void A_standby_that_has_followed_a_promotion_proves_the_old_primary_wrong() =>
        Assert.Equal(PrimaryState.SplitBrain, Of([Primary(A, 1), Standby(B, 2)], PrimaryStanding.Unknown).State);

    [Fact]
    public void Two_names_of_one_server_are_no_split_brain()
    {
        var standing = Of([Primary(A, 1), Primary(A, 1) with { Address = new DatabaseHost("primary.example", 5432) }, Standby(B, 1)], PrimaryStanding.Unknown);
        Assert.Equal((PrimaryState.Known, A), (standing.State, standing.Primary));
    }

    [Fact]
    public void A_primary_of_another_cluster_is_left_out()
    {
        var standing = Of([Primary(A, 1), Primary(B, 7) with { IsForeign = true }], PrimaryStanding.Unknown);
        Assert.Equal((PrimaryState.Known, A, 1), (standing.State, standing.Primary, standing.Timeline));
    }

    internal static WatchedHost Primary(DatabaseHost host, int timeline) =>
        new(host, new HostState(false, Noon, Start(host), timeline, 1_000, null, null, false, null, null), Noon, null, null, "7001", "18.4");

    internal static WatchedHost Standby(DatabaseHost host, int timeline) =>
        new(host, new HostState(true, Noon, Start(host), timeline, 1_000, 1_000, Noon, false, new HostConflicts(0, 0, 0, 0, 0, 0), new HostReceiver("streaming", "a:5432", null, 1_000, Noon)), Noon, null, null, "7001", "18.4");

    private static WatchedHost Silent(WatchedHost host, DateTimeOffset since) => host with { Fault = "No answer.", FailingSince = since };

    private static DateTimeOffset Start(DatabaseHost host) => Noon.AddHours(-host.Name[0]);

    private static PrimaryStanding Of(IReadOnlyList<WatchedHost> hosts, PrimaryStanding before) => PrimaryElection.Of(hosts, before, Noon);
}
