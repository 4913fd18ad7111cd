using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Grids;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Indexes;

/// <summary>One index: what it is, what it costs, who else does its work, how it went over the range.</summary>
public sealed partial class IndexPanel(IndexesService indexes, EnvironmentSelection selection)
{
    private static readonly IReadOnlyList<ChartSeries> ScanSeries = [new("scans", SeriesMeaning.Plain)];
    private static readonly IReadOnlyList<ChartSeries> SizeSeries = [new("size", SeriesMeaning.Plain)];

    private TimeRangeKey? _of;
    private bool _asked;
    private IReadOnlyList<string> _own = [];
    private IReadOnlyList<ChartPoint> _scans = [];
    private IReadOnlyList<ChartPoint> _bytes = [];
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

    /// <summary>The index of that key; null when there is none.</summary>
    [Parameter, EditorRequired]
    public IndexRow? Row { get; set; }

    /// <summary>All of its reading.</summary>
    [Parameter, EditorRequired]
    public IndexSet Set { get; set; } = null!;

    /// <summary>Scans over the range.</summary>
    [Parameter]
    public IndexUsage? Usage { get; set; }

    /// <summary>The stretch of time that the charts show.</summary>
    [Parameter, EditorRequired]
    public TimeRangeKey Range { get; set; }

    /// <summary>The same in words.</summary>
    [Parameter, EditorRequired]
    public string RangeWords { get; set; } = "";

    /// <summary>How much of the larger ones is empty.</summary>
    [Parameter]
    public BloatReading? Bloat { get; set; }

    /// <summary>What is wrong with the environment.</summary>
    [Parameter]
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>What links to other indexes are made from.</summary>
    [Parameter, EditorRequired]
    public GridUrl Url { get; set; } = null!;

    /// <summary>Why it is not known when it was used last.</summary>
    [Parameter]
    public string? NoLastUse { get; set; }

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private string Tables => selection.Link($"/tables?table={Uri.EscapeDataString(Row!.TableKey)}", Environment);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _own = [.. Findings.Where(finding => finding.Key == $"{finding.Rule}:{Name}").Select(finding => finding.Key)];
        if (_of == Range)
        {
            return;
        }

        _of = Range;
        var series = await indexes.SeriesAsync(Id, [Name], Range.Range);
        _scans = IndexCharts.Scans([Name], series);
        _bytes = series.TryGetValue(Name, out var points) ? IndexCharts.Bytes(points) : [];
        _marks = await indexes.MarksAsync(Id, Range.Range);
        _asked = true;
    }
}
