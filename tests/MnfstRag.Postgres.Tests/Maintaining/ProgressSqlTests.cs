using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>The look at a step's progress, which hides its own faults from a run: here they show.</summary>
public sealed class ProgressSqlTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Every_kind_of_step_can_be_looked_at(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await using var asker = await here.OpenAsync();
        await using var side = new SideLink(here.Url, major);
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            await using var look = new NpgsqlCommand(side.Statement(kind), asker) { Parameters = { new() { Value = asker.ProcessID } } };
            await using var rows = await look.ExecuteReaderAsync();
            Assert.True(await rows.ReadAsync());
            Assert.True(rows.IsDBNull(0) && rows.FieldCount == 11, kind.ToString());
        }
    }

    [Fact]
    public void A_rate_is_of_one_phase_and_the_percentage_of_all_never_goes_back()
    {
        var clock = new ManualClock();
        var trend = new ProgressTrend(clock);
        CommandProgress At(string phase, long done, double percent) => new(1, "VACUUM", 2, phase, done, 1000, "blocks") { Percent = percent };
        Assert.Null(trend.After(At("scanning heap", 100, 10)).Rate);
        clock.Seconds += 10;
        var second = trend.After(At("scanning heap", 300, 30));
        Assert.Equal((20.0, TimeSpan.FromSeconds(35), 30.0), (second.Rate, second.Remaining, second.Percent));
        clock.Seconds += 10;
        var third = trend.After(At("vacuuming heap", 50, 5));
        Assert.Equal((null, 30.0), (third.Rate, third.Percent));
        Assert.Equal(5, third.PhasePercent);
    }

    private sealed class ManualClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
