using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class CheckpointsRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 12, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Verdict.Ok, 0, 9, "too few")]
    [InlineData(Verdict.Ok, 5, 5, "50 %")]
    [InlineData(Verdict.Warning, 4, 6, "max_wal_size (now 1GB)")]
    [InlineData(Verdict.Ok, 1000, 10, "0.99 %")]
    public void The_share_of_requested_ones_decides(Verdict expected, long timed, long requested, string words) =>
        Given.Is(expected, new CheckpointsCheck().Judge(Counted(timed, requested, TimeSpan.FromHours(5)), Given.Superuser), words, "in 5 h 0 m");

    [Fact]
    public void A_burst_is_no_load() => Given.Is(Verdict.Ok, new CheckpointsCheck().Judge(Counted(0, 16, TimeSpan.FromMinutes(59)), Given.Superuser), "too short");

    [Fact]
    public void An_unknown_time_is_a_long_one() => Given.Is(Verdict.Warning, new CheckpointsCheck().Judge(Counted(0, 16, null), Given.Superuser));

    [Fact]
    public void A_standby_is_not_judged() => Given.Is(Verdict.Skipped, new CheckpointsCheck().Judge(Counted(0, 100, null), Given.Standby), "primary");

    private static CheckpointReading Counted(long timed, long requested, TimeSpan? since) =>
        new(Now, Now - since, timed, requested, TimeSpan.Zero, TimeSpan.Zero, 0, 0, 0, 0, 0, "1GB");
}
