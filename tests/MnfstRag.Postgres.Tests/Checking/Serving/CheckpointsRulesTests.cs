using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class CheckpointsRulesTests
{
    [Theory]
    [InlineData(Verdict.Ok, 0, 9, "too few")]
    [InlineData(Verdict.Ok, 5, 5, "50 %")]
    [InlineData(Verdict.Warning, 4, 6, "max_wal_size (now 1GB)")]
    [InlineData(Verdict.Ok, 1000, 10, "0.99 %")]
    public void The_share_of_requested_ones_decides(Verdict expected, long timed, long requested, string words) =>
        Given.Is(expected, new CheckpointsCheck().Judge(new(timed, requested, TimeSpan.FromHours(5), "1GB"), Given.Superuser), words, "in 5 h 0 m");

    [Fact]
    public void A_burst_is_no_load() => Given.Is(Verdict.Ok, new CheckpointsCheck().Judge(new(0, 16, TimeSpan.FromMinutes(59), "1GB"), Given.Superuser), "too short");

    [Fact]
    public void An_unknown_time_is_a_long_one() => Given.Is(Verdict.Warning, new CheckpointsCheck().Judge(new(0, 16, Since: null, "1GB"), Given.Superuser));

    [Fact]
    public void A_standby_is_not_judged() => Given.Is(Verdict.Skipped, new CheckpointsCheck().Judge(new(0, 100, Since: null, "1GB"), Given.Standby), "primary");
}
