using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Tests.Watching.Hosts;

public sealed class HostTracksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly DatabaseHost A = new("a", 5432);
    private static readonly DatabaseHost B = new("b", 5432);

    private readonly HostTracks _tracks = new([A, B]);

    [Fact]
    public void A_standby_of_an_idle_primary_is_nothing_behind_however_long_ago_the_last_commit_was()
    {
        for (var second = 0; second < 60; second++)
        {
            Wrote(second, 1_000);
            Replayed(second, 1_000, lastCommit: Noon.AddHours(-9));
        }

        Assert.Equal((0L, TimeSpan.Zero), (Standby.Behind, Standby.Lag));
    }

    [Fact]
    public void A_standby_that_stands_still_is_as_far_behind_as_the_log_that_it_lacks_is_old()
    {
        for (var second = 0; second < 30; second++)
        {
            Wrote(second, 1_000 + (100 * second));
            Replayed(second, Math.Min(1_000 + (100 * second), 2_000), lastCommit: Noon);
        }

        // It replayed what was written up to the tenth second; what came in the eleventh is the first that it lacks.
        Assert.Equal((1_900L, TimeSpan.FromSeconds(18)), (Standby.Behind, Standby.Lag));
    }

    [Fact]
    public void Behind_from_the_first_moment_the_last_commit_says_how_old_it_is()
    {
        Wrote(0, 5_000);
        Replayed(0, 1_000, lastCommit: Noon.AddMinutes(-20));
        Wrote(0, 5_000);
        Assert.Equal((4_000L, (TimeSpan?)null), (Standby.Behind, Standby.Lag));

        for (var second = 1; second < 10; second++)
        {
            Wrote(second, 5_000);
            Replayed(second, 1_000, lastCommit: Noon.AddMinutes(-20));
        }

        Assert.Equal(TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(9), Standby.Lag);
    }

    [Fact]
    public void A_standby_that_the_primary_alone_speaks_of_is_timed_by_the_log_and_not_by_a_lag_that_stands_still()
    {
        _tracks.Failed(B, "No answer.", Noon);
        for (var second = 0; second < 30; second++)
        {
            var end = 1_000 + (100 * second);
            Fed(second, end, Math.Min(end, 2_000), TimeSpan.FromMilliseconds(3));
        }

        Assert.Equal(TimeSpan.FromSeconds(18), Link.Lag);
        Fed(30, 3_900, 3_900, TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.Zero, Link.Lag);
        Fed(31, 3_900, null, null);
        Assert.Null(Link.Lag);
    }

    [Fact]
    public void Standbys_whose_primary_nobody_watches_are_timed_by_what_they_hear_of_it_and_unknown_when_they_hear_nothing()
    {
        for (var second = 0; second < 30; second++)
        {
            var heard = 1_000 + (100 * second);
            Hears(A, second, heard, heard);
            Hears(B, second, heard, Math.Min(heard, 2_000));
        }

        Assert.Equal(PrimaryState.Elsewhere, _tracks.Topology(A).Standing.State);
        Assert.Equal((1_900L, TimeSpan.FromSeconds(18)), (Standby.Behind, Standby.Lag));
        Assert.Equal((0L, TimeSpan.Zero), (_tracks.Topology(A).Find(A)!.Behind, _tracks.Topology(A).Find(A)!.Lag));
        Hears(B, 30, null, 3_900);
        Assert.Equal((null, null), (Standby.Behind, Standby.Lag));
    }

    [Fact]
    public void Once_the_primary_is_lost_a_standby_is_held_against_what_was_seen_of_its_log()
    {
        Wrote(0, 1_000);
        Replayed(0, 1_000, Noon);
        Wrote(1, 3_000);
        _tracks.Failed(A, "No answer.", Noon.AddSeconds(2));
        Replayed(2, 2_500, Noon);
        Assert.Equal(500L, Standby.Behind);
        Assert.Equal(PrimaryState.Lost, _tracks.Topology(B).Standing.State);
        Assert.True(_tracks.Topology(B).StandsIn);
    }

    [Fact]
    public void Another_cluster_at_the_replicas_address_is_no_replica()
    {
        Wrote(0, 1_000);
        _tracks.Answered(B, State(true, 5, 900, 900, Noon, Noon), Server("7002"), null, Noon);
        var topology = _tracks.Topology(A);
        Assert.True(topology.Find(B)!.IsForeign);
        Assert.Null(topology.Find(B)!.Behind);
        Assert.Equal((PrimaryState.Known, 1), (topology.Standing.State, topology.Standing.Timeline));
    }

    [Fact]
    public void A_cluster_made_anew_at_the_primarys_address_is_a_primary_though_its_timeline_is_lower()
    {
        _tracks.Answered(A, State(false, 6, 1_000, null, null, Noon), Server("7001"), null, Noon);
        Replayed(0, 1_000, Noon);
        _tracks.Answered(A, State(false, 1, 500, null, null, Noon), Server("7009"), null, Noon.AddSeconds(5));
        Assert.Equal((PrimaryState.Known, A), (_tracks.Topology(A).Standing.State, _tracks.Topology(A).Standing.Primary));
    }

    [Fact]
    public void Conflicts_of_the_last_quarter_of_an_hour_are_counted_and_a_reset_begins_anew()
    {
        Wrote(0, 1_000);
        Replayed(0, 1_000, Noon, conflicts: 40);
        Assert.Equal(0, Standby.RecentConflicts);
        Replayed(60, 1_000, Noon, conflicts: 43);
        Assert.Equal(3, Standby.RecentConflicts);
        Replayed(70, 1_000, Noon, conflicts: 1);
        Assert.Equal(0, Standby.RecentConflicts);
        Replayed(80, 1_000, Noon, conflicts: 2);
        Assert.Equal(1, Standby.RecentConflicts);
        Replayed(80 + 16 * 60, 1_000, Noon, conflicts: 2);
        Assert.Equal(0, Standby.RecentConflicts);
    }

    [Fact]
    public void A_promotion_is_remembered_as_a_change_of_role()
    {
        Wrote(0, 1_000);
        Replayed(0, 1_000, Noon);
        _tracks.Failed(A, "No answer.", Noon.AddSeconds(1));
        _tracks.Answered(B, State(false, 2, 1_100, null, null, Noon), Server("7001"), null, Noon.AddSeconds(2));
        var topology = _tracks.Topology(B);
        Assert.Equal(new RoleChange(Noon.AddSeconds(2), HostRole.Standby, HostRole.Primary), topology.Find(B)!.LastChange);
        Assert.Equal((PrimaryState.Known, B), (topology.Standing.State, topology.Standing.Primary));
        Assert.False(topology.StandsIn);
    }

    private ReplicationLink Link => _tracks.Topology(A).Find(A)!.Replication!.Links[0];

    private void Fed(int second, long end, long? replayed, TimeSpan? told) => _tracks.Answered(
        A,
        State(false, 1, end, null, null, Noon.AddSeconds(second)),
        Server("7001"),
        new ReplicationReading(null, [new ReplicationLink("b", "streaming", end - replayed, told, Replayed: replayed)], []),
        Noon.AddSeconds(second));

    private void Hears(DatabaseHost host, int second, long? heard, long replayed) => _tracks.Answered(
        host,
        State(true, 1, replayed, replayed, Noon.AddHours(-9), Noon.AddSeconds(second)) with { Receiver = heard is null ? null : new HostReceiver("streaming", null, null, heard, null) },
        Server("7001"),
        null,
        Noon.AddSeconds(second));

    private WatchedHost Standby => _tracks.Topology(A).Find(B)!;

    private void Wrote(int second, long end) => _tracks.Answered(A, State(false, 1, end, null, null, Noon.AddSeconds(second)), Server("7001"), null, Noon.AddSeconds(second));

    private void Replayed(int second, long end, DateTimeOffset lastCommit, long conflicts = 0) =>
        _tracks.Answered(B, State(true, 1, end, end, lastCommit, Noon.AddSeconds(second), conflicts), Server("7001"), null, Noon.AddSeconds(second));

    private static HostState State(bool recovers, int timeline, long written, long? replayed, DateTimeOffset? commit, DateTimeOffset at, long conflicts = 0) =>
        new(recovers, at, recovers ? Noon.AddDays(-1) : Noon.AddDays(-2), timeline, written, replayed, commit, false, recovers ? new HostConflicts(conflicts, 0, 0, 0, 0, 0) : null, null);

    private static Capabilities Server(string identifier) => Capabilities.Unknown with { SystemIdentifier = identifier, Version = "18.4", VersionNumber = 180004 };
}
