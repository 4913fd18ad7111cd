using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Storing;

public sealed class SizeRulesTests
{
    private const long Gigabyte = 1L << 30;
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, 3.9, 7, Verdict.Ok, "It grew by 102 MB in 7 d 0 h")]
    [InlineData(4, 3, 7, Verdict.Warning, "It grew by 1 GB in 7 d 0 h")]
    [InlineData(4, 5, 7, Verdict.Ok, "It shrank by 1 GB in 7 d 0 h")]
    [InlineData(0.5, 0.1, 7, Verdict.Ok, "It grew by")]
    [InlineData(4, 3, 0.01, Verdict.Ok, "Its growth shows once an hour of history is kept")]
    public void Growth_is_told_and_warned_of_when_it_doubles_soon(double now, double then, double days, Verdict verdict, string words)
    {
        var outcome = SizeCheck.Judge(new SizeFacts((long)(now * Gigabyte)), Given.Monitor, new SizePast((long)(then * Gigabyte), Now.AddDays(-days), null), Now);
        Assert.Equal(verdict, outcome.Verdict);
        Assert.Contains(words, outcome.Evidence, StringComparison.Ordinal);
        Assert.Contains("disk is left is unknown to SQL", outcome.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_history_the_reason_is_told() =>
        Assert.Contains("The store is away.", SizeCheck.Judge(new SizeFacts(1), Given.Monitor, new SizePast(null, null, "The store is away."), Now).Evidence, StringComparison.Ordinal);
}
