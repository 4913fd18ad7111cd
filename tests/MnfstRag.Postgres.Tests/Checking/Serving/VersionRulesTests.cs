using System.Globalization;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Serving;

public sealed class VersionRulesTests
{
    [Theory]
    [InlineData(Verdict.Failing, 130022, "13.22", "2026-11-23", "no fixes any more")]
    [InlineData(Verdict.Warning, 140023, "14.23", "2026-11-23", "since 12 Nov 2026, 11 days ago")]
    [InlineData(Verdict.Warning, 140023, "14.23", "2026-11-12", "until 12 Nov 2026, 0 days from now")]
    [InlineData(Verdict.Warning, 150018, "15.18", "2027-05-12", "until 11 Nov 2027, 183 days")]
    [InlineData(Verdict.Ok, 150018, "15.18", "2027-05-11", "until 11 Nov 2027")]
    [InlineData(Verdict.Ok, 180004, "18.4 (Debian 18.4-1.pgdg12+1)", "2026-11-23", "14 Nov 2030")]
    [InlineData(Verdict.Warning, 190000, "19.1", "2026-11-23", "newer than these checks are proven on (14–18)")]
    [InlineData(Verdict.Warning, 190000, "19beta2", "2026-11-23", "not a release")]
    public void The_day_of_the_last_fix_decides(Verdict expected, int number, string version, string today, string words) =>
        Given.Is(expected, VersionCheck.Judge(Given.Superuser with { VersionNumber = number, Version = version }, DateOnly.Parse(today, CultureInfo.InvariantCulture)), words);

    [Fact]
    public void Every_proven_version_has_its_day()
        => Assert.All(Enumerable.Range(EndOfLife.OldestKnown, EndOfLife.NewestKnown - EndOfLife.OldestKnown + 1), major => Assert.NotNull(EndOfLife.Of(major)));
}
