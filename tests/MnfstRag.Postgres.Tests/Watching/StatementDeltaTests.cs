using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class StatementDeltaTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Only_statements_that_were_called_are_told()
    {
        var deltas = StatementDelta.Between(Reading(0, Entry(1, 10), Entry(2, 5)), Reading(20, Entry(1, 12), Entry(2, 5)))!;
        Assert.Equal((1L, 2d, 20d), (Assert.Single(deltas).Key.QueryId, deltas[0].Calls, deltas[0].ExecMs));
    }

    [Fact]
    public void An_entry_that_went_backwards_or_began_anew_is_no_spike()
    {
        var since = Entry(3, 10) with { Since = Noon };
        var deltas = StatementDelta.Between(
            Reading(0, Entry(1, 10), Entry(2, 10) with { ExecMs = 900 }, since),
            Reading(20, Entry(1, 4), Entry(2, 11), since with { Calls = 20, ExecMs = 200, Since = Noon.AddSeconds(5) }))!;
        Assert.Empty(deltas);
    }

    [Fact]
    public void The_slowest_call_is_told_only_when_it_fell_in_between()
    {
        var deltas = StatementDelta.Between(
            Reading(0, Entry(1, 1) with { MaxMs = 50 }, Entry(2, 1) with { MaxMs = 50 }),
            Reading(20, Entry(1, 2) with { MaxMs = 80 }, Entry(2, 2) with { MaxMs = 50 }))!;
        Assert.Equal([80, null], deltas.Select(delta => delta.MaxMs));
    }

    [Fact]
    public void Time_that_was_not_measured_is_not_zero()
    {
        var off = StatementDelta.Between(Reading(0, Entry(1, 1)), Reading(20, Entry(1, 2)))!;
        var justOn = StatementDelta.Between(Reading(0, Entry(1, 1)), Reading(20, Entry(1, 2) with { IoMs = 400 }))!;
        var on = StatementDelta.Between(Reading(0, Entry(1, 1) with { IoMs = 400 }), Reading(20, Entry(1, 2) with { IoMs = 420 }))!;
        Assert.Equal([null, null, 20], new[] { off[0].IoMs, justOn[0].IoMs, on[0].IoMs });
    }

    [Fact]
    public void Readings_across_a_reset_or_another_extension_are_not_compared()
    {
        var reading = Reading(0, Entry(1, 1));
        Assert.Null(StatementDelta.Between(reading, Reading(20, Entry(1, 2)) with { StatsReset = Noon }));
        Assert.Null(StatementDelta.Between(reading, Reading(20, Entry(1, 2)) with { Extension = "1.11" }));
        Assert.Null(StatementDelta.Between(reading with { Extension = null }, Reading(20, Entry(1, 2))));
        Assert.Null(StatementDelta.Between(reading, reading));
    }

    [Theory]
    [InlineData("-42:5:10:t", true)]
    [InlineData("42:5:10:n", true)]
    [InlineData("42:5:10:x", false)]
    [InlineData("42:5:10", false)]
    [InlineData("9999999999999999999:5:10:t", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_key_is_read_back_as_it_was_written(string? text, bool isOne) =>
        Assert.Equal(isOne ? text : null, StatementKey.Parse(text)?.ToString());

    private static StatementsReading Reading(int second, params StatementCounters[] entries) => new(Noon.AddSeconds(second), "1.12", null, 0, 5000, true, entries, 0);

    private static StatementCounters Entry(long id, long calls) => new(new StatementKey(id, 5, 10, true), calls, calls * 10, 10, calls, 0, 0, null, 0, 0, null);
}
