using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Tests.Checking.Storing;

public sealed class LimitsRulesTests
{
    [Theory]
    [InlineData(Verdict.Ok, 1_073_000_000, 0)]
    [InlineData(Verdict.Warning, 1_073_741_824, 0)]
    [InlineData(Verdict.Warning, 0, 1_073_741_824)]
    [InlineData(Verdict.Failing, 1_610_612_736, 0)]
    [InlineData(Verdict.Failing, 0, 1_610_612_736)]
    public void Ids_that_are_used_up(Verdict expected, long transactions, long multixacts) =>
        Given.Is(expected, new WraparoundCheck().Judge(new(default, 0, 0, [new("young", 5, 5), new("old", transactions, multixacts)]), Given.Bare), "old");

    [Theory]
    [InlineData(Verdict.Ok, 74.9)]
    [InlineData(Verdict.Warning, 75)]
    [InlineData(Verdict.Failing, 90)]
    public void A_sequence_near_its_end(Verdict expected, double percent) =>
        Given.Is(expected, new SequencesCheck().Judge(new(2, 0, [new("public.s", "public.t.id (integer)", 2_040_109_465, 2_147_483_647, percent)]), Given.Monitor), "public.s");

    [Fact]
    public void Sequences_that_may_not_be_read_are_not_called_healthy() =>
        Given.Is(Verdict.Skipped, new SequencesCheck().Judge(new(3, 2, []), Given.Bare), "2 of 3 sequences", "GRANT");

    [Fact]
    public void A_full_sequence_outweighs_the_hidden_ones() =>
        Given.Is(Verdict.Failing, new SequencesCheck().Judge(new(3, 2, [new("public.s", null, 95, 100, 95)]), Given.Bare), "public.s is at 95 of 100");

    [Fact]
    public void No_sequence_is_fine() => Given.Is(Verdict.Ok, new SequencesCheck().Judge(new(0, 0, []), Given.Bare), "no sequence");

    [Fact]
    public void Size_says_what_cannot_be_known() =>
        Given.Is(Verdict.Ok, new SizeCheck().Judge(new(1_331_439_862), Given.Bare), "1.24 GB", "Growth is unknown", "How much disk is left is unknown to SQL");
}
