using MnfstRag.Admin.Features.Tables;

namespace MnfstRag.Admin.Tests.Features.Tables;

public sealed class TransactionPaceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(1000.0, 0, 86_400_000, "in 1 d")]
    [InlineData(1000.0, 86_400_000, 86_400_000, "now")]
    [InlineData(1000.0, 90_000_000, 86_400_000, "now")]
    [InlineData(0.001, 0, 2_000_000_000, "in more than ten years")]
    [InlineData(0.0, 0, 100, "never, at the pace of the last day")]
    [InlineData(null, 0, 100, "–")]
    public void The_time_that_is_left_is_told_or_why_it_is_not(double? pace, long age, long limit, string words) =>
        Assert.Equal(words, new TransactionPace(pace, Day).Words(age, limit));

    [Fact]
    public void It_says_what_it_rests_on()
    {
        Assert.Contains("at 1,000/s", new TransactionPace(1000, Day).Basis, StringComparison.Ordinal);
        Assert.Contains("it has for 10 m", new TransactionPace(null, TimeSpan.FromMinutes(10)).Basis, StringComparison.Ordinal);
    }
}
