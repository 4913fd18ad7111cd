using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>One table: what it holds, how vacuum fares with it, how it went over the range.</summary>
public sealed partial class TablePanel(TablesService tables, EnvironmentSelection selection)
{
    private static readonly IReadOnlyList<ChartSeries> SizeSeries = [new("heap", SeriesMeaning.Plain), new("indexes", SeriesMeaning.Second), new("TOAST", SeriesMeaning.Third)];
    private static readonly IReadOnlyList<ChartSeries> DeadSeries = [new("dead rows", SeriesMeaning.Plain)];

    private TimeRangeKey? _of;
    private bool _asked;
    private IReadOnlyList<string> _own = [];
    private IReadOnlyList<ChartPoint> _sizes = [];
    private IReadOnlyList<ChartPoint> _dead = [];
    private IReadOnlyList<ChartMark> _marks = [];

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The environment's id in the own store.</summary>
    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>The key that the link names.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The table of that key; null when there is none.</summary>
    [Parameter, EditorRequired]
    public TableRow? Row { get; set; }

    /// <summary>All of its reading.</summary>
    [Parameter, EditorRequired]
    public TableSet Set { get; set; } = null!;

    /// <summary>Sizes over the range.</summary>
    [Parameter]
    public TableGrowth? Growth { get; set; }

    /// <summary>The stretch of time that the charts show.</summary>
    [Parameter, EditorRequired]
    public TimeRangeKey Range { get; set; }

    /// <summary>The same in words.</summary>
    [Parameter, EditorRequired]
    public string RangeWords { get; set; } = "";

    /// <summary>How fast ids are used up; null before it was asked.</summary>
    [Parameter]
    public TransactionPace? Pace { get; set; }

    /// <summary>How much of the larger ones is empty.</summary>
    [Parameter]
    public BloatReading? Bloat { get; set; }

    /// <summary>What is wrong with the environment.</summary>
    [Parameter]
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>What links are made from.</summary>
    [Parameter, EditorRequired]
    public GridUrl Url { get; set; } = null!;

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Indexes => selection.Link($"/indexes?table={Uri.EscapeDataString(Name)}", Environment);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _own = [.. Findings.Where(finding => finding.Key == $"{finding.Rule}:{Name}").Select(finding => finding.Key)];
        if (_of == Range)
        {
            return;
        }

        _of = Range;
        var series = await tables.SeriesAsync(Id, Name, Range.Range);
        _marks = await tables.MarksAsync(Id, Range.Range);
        (_sizes, _dead, _asked) = (TableCharts.Sizes(series), TableCharts.Dead(series), true);
    }

    private static string Kind(DatabaseTable table) => table switch
    {
        { Kind: TableKind.Partitioned } => $"Partitioned, {Words.Plural(table.Partitions, "partition")}; figures are their sum",
        { Kind: TableKind.MaterializedView } => "Materialized view",
        { IsUnlogged: true } => "Unlogged: empty after a crash",
        { Parent: not null } => "Partition",
        _ => "Table",
    };

    private static string Comes(DatabaseTable table)
    {
        if (!table.Vacuuming.Enabled)
        {
            return "not by itself: autovacuum is off for it";
        }

        var inserts = table.Vacuuming.InsertVacuumAt(table.PlannerRows ?? 0) is { } at
            ? $"; or at {Words.Count(at)} inserts, {Words.Count(table.InsertedSinceVacuum)} by now"
            : "";
        return $"at {Words.Count(table.VacuumAt)} dead rows, {Words.Count(table.DeadRows)} by now{inserts}";
    }

    private static string Settings(TableVacuuming vacuuming) =>
        $"{Words.Count(vacuuming.VacuumThreshold)} rows + {Words.Percent(vacuuming.VacuumScale)}{(vacuuming.VacuumMost is { } most ? $", at most {Words.Count(most)}" : "")}; "
        + $"analyze {Words.Count(vacuuming.AnalyzeThreshold)} + {Words.Percent(vacuuming.AnalyzeScale)} ({(vacuuming.HasOwn ? "the table has storage parameters of its own" : "the server's settings")})";
}
