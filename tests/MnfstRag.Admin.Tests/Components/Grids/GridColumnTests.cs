using MnfstRag.Admin.Components.Grids;

namespace MnfstRag.Admin.Tests.Components.Grids;

public sealed class GridColumnTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Row> Rows =
    [
        new("b", 2, 2.5, Noon, "beta"),
        new("none", null, null, null, null),
        new("a", 1, 0.5, Noon.AddHours(-1), "Alpha"),
        new("also", 2, 2.5, Noon.ToOffset(TimeSpan.FromHours(2)), "BETA"),
        new("nothing", null, null, null, null),
        new("c", long.MaxValue, double.PositiveInfinity, Noon.AddDays(1), "gamma"),
    ];

    public static TheoryData<string> Columns => ["long", "int", "double", "time", "text"];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Rows_are_sorted_both_ways_equal_ones_as_they_were_and_unknown_ones_last(string kind)
    {
        var column = new GridColumn<Row>("key", "Title", "Explanation", row => kind switch
        {
            "long" => row.Long,
            "int" => row.Long is { } value ? (int)Math.Min(value, int.MaxValue) : null,
            "double" => row.Double,
            "time" => row.Time,
            _ => row.Text,
        });

        Assert.Equal(["a", "b", "also", "c", "none", "nothing"], column.Sort(Rows, descending: false).Select(row => row.Name));
        Assert.Equal(["c", "b", "also", "a", "none", "nothing"], column.Sort(Rows, descending: true).Select(row => row.Name));
    }

    [Fact]
    public void A_column_of_which_nothing_is_known_and_one_without_order_leave_rows_as_they_are()
    {
        Assert.Equal(Rows, new GridColumn<Row>("key", "Title", "Explanation", _ => null).Sort(Rows, descending: true));
        Assert.Equal(Rows, new GridColumn<Row>("key", "Title", "Explanation").Sort(Rows, descending: true));
    }

    private sealed record Row(string Name, long? Long, double? Double, DateTimeOffset? Time, string? Text);
}
