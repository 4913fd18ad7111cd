using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Reaching;

public sealed class LatencyRulesTests
{
    [Theory]
    [InlineData(Verdict.Ok, new double[] { 1, 2, 3 })]
    [InlineData(Verdict.Ok, new double[] { 2, 3, 5000 })]
    [InlineData(Verdict.Ok, new double[] { 99, 99, 99 })]
    [InlineData(Verdict.Warning, new double[] { 1, 100, 100 })]
    [InlineData(Verdict.Warning, new double[] { 999, 999, 999 })]
    [InlineData(Verdict.Failing, new double[] { 1000, 1000, 1000 })]
    public void The_median_decides(Verdict expected, double[] milliseconds) =>
        Given.Is(expected, LatencyCheck.Judge([.. milliseconds.Select(TimeSpan.FromMilliseconds)]), "3 round trips");
}
