using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;

namespace MnfstRag.Admin.Tests.Components.Charts;

/// <summary>A chart as a table: the same readings, what happened in its place among them, and no value made up.</summary>
public sealed class ChartTableTests : BunitContext
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public ChartTableTests() => Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Noon));

    [Fact]
    public void The_newest_reading_leads_what_happened_stands_between_and_what_is_not_known_is_a_dash()
    {
        var table = Render<ChartTable>(parameters => parameters
            .Add(one => one.Series, [new ChartSeries("active", SeriesMeaning.Active), new ChartSeries("idle", SeriesMeaning.Idle)])
            .Add(one => one.Points, [At(0, 1, 10), At(1, null, 20), At(2, 3, 30)])
            .Add(one => one.Marks, [Mark(-1, "before the first"), Mark(1.5, "between"), Mark(2.5, "after the last")])
            .Add(one => one.Height, 200));

        Assert.Equal(["Time", "active", "idle"], table.FindAll("thead th").Select(cell => cell.TextContent));
        Assert.Equal(["after the last", "3|30", "between", "–|20", "1|10"], table.FindAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))));
        Assert.Equal("2", table.Find(".chart-table-mark td").GetAttribute("colspan"));
    }

    [Fact]
    public void Only_the_newest_are_shown_of_many_and_nothing_that_happened_before_them()
    {
        var table = Render<ChartTable>(parameters => parameters
            .Add(one => one.Series, [new ChartSeries("active", SeriesMeaning.Active)])
            .Add(one => one.Points, [.. Enumerable.Range(0, 10).Select(minute => new ChartPoint(Noon.AddMinutes(minute), [minute]))])
            .Add(one => one.Marks, [Mark(3, "too old"), Mark(8, "new enough")])
            .Add(one => one.Most, 3));

        Assert.Equal(["9", "new enough", "8", "7"], table.FindAll("tbody tr").Select(row => row.QuerySelector("td")!.TextContent.Trim()));
    }

    private static ChartPoint At(int minute, params double?[] values) => new(Noon.AddMinutes(minute), values);

    private static ChartMark Mark(double minute, string words) => new(Noon.AddMinutes(minute), "mark", words);
}
