using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class ReplicationRulesTests
{
    private const long Megabyte = 1L << 20;

    [Theory]
    [InlineData(Verdict.Ok, "streaming", 0, 0)]
    [InlineData(Verdict.Ok, "streaming", 49, 9)]
    [InlineData(Verdict.Warning, "streaming", 50, 0)]
    [InlineData(Verdict.Warning, "streaming", 0, 10)]
    [InlineData(Verdict.Failing, "streaming", 100, 0)]
    [InlineData(Verdict.Failing, "streaming", 0, 60)]
    [InlineData(Verdict.Warning, "catchup", 0, 0)]
    [InlineData(Verdict.Ok, "backup", 500, 0)]
    public void A_standby_may_lag_so_far(Verdict expected, string state, long megabytes, int seconds) =>
        Given.Is(expected, ReplicationRules.Judge(new ReplicationLink("replica-1", state, megabytes * Megabyte, TimeSpan.FromSeconds(seconds))), "replica-1", state);

    [Theory]
    [InlineData(Verdict.Ok, true, false, "reserved", 100)]
    [InlineData(Verdict.Warning, true, false, "extended", 6000)]
    [InlineData(Verdict.Warning, false, false, "reserved", 0)]
    [InlineData(Verdict.Failing, false, false, "extended", 5120)]
    [InlineData(Verdict.Failing, true, false, "unreserved", 1)]
    [InlineData(Verdict.Failing, false, false, "lost", 0)]
    [InlineData(Verdict.Ok, false, true, "reserved", 1)]
    public void A_slot_that_nobody_reads_fills_the_disk(Verdict expected, bool active, bool synced, string status, long megabytes) =>
        Given.Is(expected, ReplicationRules.Judge(new ReplicationSlot("old_replica", active, synced, status, megabytes * Megabyte)), "old_replica");

    [Fact]
    public void A_standby_without_a_primary_fails() => Given.Is(Verdict.Failing, ReplicationRules.Judge(new StandbyState(Receives: false, Paused: false, 0, TimeSpan.Zero)), "primary_conninfo");

    [Fact]
    public void A_paused_standby_is_told_how_to_go_on() =>
        Given.Is(Verdict.Warning, ReplicationRules.Judge(new StandbyState(Receives: true, Paused: true, Megabyte, TimeSpan.FromHours(3))), "pg_wal_replay_resume", "3 h 0 m behind");

    [Fact]
    public void A_standby_that_follows_is_fine() => Given.Is(Verdict.Ok, ReplicationRules.Judge(new StandbyState(Receives: true, Paused: false, 0, TimeSpan.Zero)), "nothing behind");

    [Fact]
    public void Hidden_standbys_are_not_called_healthy() =>
        Given.Is(Verdict.Skipped, Judge([new("r1", null, null, null)], []), "hidden from bare", "GRANT pg_monitor");

    [Fact]
    public void A_dead_slot_shows_beside_hidden_standbys() =>
        Given.Is(Verdict.Warning, Judge([new("r1", null, null, null)], [new("s", Active: false, Synced: false, "reserved", 0)]), "hidden from bare", "Slot s is inactive");

    [Fact]
    public void Nothing_to_replicate_is_fine() => Given.Is(Verdict.Ok, Judge([], []), "without standbys");

    private static CheckOutcome Judge(IReadOnlyList<ReplicationLink> links, IReadOnlyList<ReplicationSlot> slots) =>
        new ReplicationCheck().Judge(new(Standby: null, links, slots), Given.Bare);
}
