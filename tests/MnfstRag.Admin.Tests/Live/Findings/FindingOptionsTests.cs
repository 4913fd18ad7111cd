using MnfstRag.Admin.Live.Findings;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Tests.Live.Findings;

public sealed class FindingOptionsTests
{
    [Fact]
    public void As_they_come_they_are_valid_and_are_what_the_rules_come_with()
    {
        Assert.True(new FindingOptionsValidator().Validate(null, new FindingOptions()).Succeeded);
        Assert.Equal(AdviceThresholds.Default, new FindingOptions().Thresholds);
    }

    [Fact]
    public void Every_fault_is_told_with_its_key_at_once()
    {
        var faults = new FindingOptionsValidator().Validate(null, new FindingOptions
        {
            UnusedIndexAge = TimeSpan.FromHours(1), UnusedIndexMegabytes = -1, LargeIndexMegabytes = 0, EmptyMegabytes = 0, EmptyPercent = 100,
        }).Failures!.ToList();

        Assert.Equal(
            ["Findings:UnusedIndexAge", "Findings:UnusedIndexMegabytes", "Findings:LargeIndexMegabytes", "Findings:EmptyMegabytes", "Findings:EmptyPercent"],
            faults.Select(fault => fault.Split(' ')[0]));
    }

    [Fact]
    public void What_is_set_reaches_the_rules()
    {
        var thresholds = new FindingOptions { UnusedIndexAge = TimeSpan.FromDays(40), UnusedIndexMegabytes = 3, LargeIndexMegabytes = 5, EmptyMegabytes = 7, EmptyPercent = 20 }.Thresholds;

        Assert.Equal(new IndexThresholds { UnusedAge = TimeSpan.FromDays(40), UnusedBytes = 3 << 20, LargeBytes = 5 << 20 }, thresholds.Indexes);
        Assert.Equal(new BloatThresholds { LeastBytes = 7 << 20, LeastShare = 0.2 }, thresholds.Bloat);
    }
}
