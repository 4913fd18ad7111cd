using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class ServerStateRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 12, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, FindingLevel.Warning)]
    [InlineData(6, FindingLevel.Critical)]
    public void An_archiver_that_fails_is_critical_after_five_minutes(int minutes, FindingLevel expected)
    {
        var reading = Archiver(last: Now.AddMinutes(-minutes), failed: Now.AddSeconds(-10));

        var finding = Assert.Single(ServerStateRules.Archiver(reading));

        Assert.Equal(("archiver.failing", expected), (finding.Key, finding.Level));
        Assert.Contains("failed 10 s ago", finding.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archiver_that_recovered_is_off_or_lags_little_is_silent()
    {
        Assert.Empty(ServerStateRules.Archiver(Archiver(last: Now.AddSeconds(-5), failed: Now.AddSeconds(-10))));
        Assert.Empty(ServerStateRules.Archiver(Archiver(last: null, failed: Now) with { Mode = "off" }));
        Assert.Empty(ServerStateRules.Archiver(Archiver(last: Now, failed: null) with { Waiting = 19 }));
        Assert.Equal("archiver.behind", Assert.Single(ServerStateRules.Archiver(Archiver(last: Now, failed: null) with { Waiting = 20 })).Key);
    }

    [Fact]
    public void Slots_and_standbys_are_judged_as_the_health_check_judges_them()
    {
        var reading = new ReplicationReading(
            null,
            [new("b", "streaming", 200L << 20, null), new("b", "streaming", 60L << 20, null), new("c", null, null, null), new("d", "streaming", 0, null)],
            [new("hoard", false, false, "extended", 6L << 30), new("used", true, false, "reserved", 0), new("gone", false, false, "lost", null)]);

        var findings = ServerStateRules.Replication(reading).ToDictionary(finding => finding.Key, finding => finding.Level, StringComparer.Ordinal);

        Assert.Equal(
            new Dictionary<string, FindingLevel>(StringComparer.Ordinal)
            {
                ["slot.state:hoard"] = FindingLevel.Critical, ["slot.state:gone"] = FindingLevel.Critical, ["replication.link:b"] = FindingLevel.Critical,
            },
            findings);
    }

    private static ArchiverReading Archiver(DateTimeOffset? last, DateTimeOffset? failed) =>
        new(Now, "on", 5, "000000010000000000000001", last, failed is null ? 0 : 3, failed is null ? null : "000000010000000000000002", failed, null, 0);
}
