using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Storing;

public sealed class CountersRulesTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void Nothing_happened() => Given.Is(Verdict.Ok, Judge(new(0, 0, 0, Since: null, 0)), "No page failed");

    [Theory]
    [InlineData(Verdict.Ok, 24, 0)]
    [InlineData(Verdict.Warning, 25, 0)]
    [InlineData(Verdict.Ok, 0, 24)]
    [InlineData(Verdict.Warning, 0, 25)]
    public void The_rate_decides(Verdict expected, long deadlocksADay, long gigabytesADay) =>
        Given.Is(expected, Judge(new(deadlocksADay, gigabytesADay, gigabytesADay << 30, Day, 0)), "in 1 d 0 h");

    [Fact]
    public void A_rate_over_an_unknown_time_is_not_judged() => Given.Is(Verdict.Skipped, Judge(new(5, 0, 0, Since: null, 0)), "unknown time");

    [Fact]
    public void A_rate_over_seconds_is_not_judged() => Given.Is(Verdict.Skipped, Judge(new(5, 0, 0, TimeSpan.FromSeconds(30), 0)), "too short");

    [Fact]
    public void A_damaged_page_fails_whatever_the_rest() => Given.Is(Verdict.Failing, Judge(new(5, 0, 0, Since: null, 1)), "1 page failed the checksum", "backup");

    [Fact]
    public void Without_checksums_that_is_said() => Given.Is(Verdict.Ok, Judge(new(0, 0, 0, Since: null, ChecksumFailures: null)), "would not be noticed");

    private static CheckOutcome Judge(CounterFacts facts) => new CountersCheck().Judge(facts, Given.Bare);
}
