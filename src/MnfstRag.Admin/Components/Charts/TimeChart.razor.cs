using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Charts;

/// <summary>
/// Figures over time, drawn by ApexCharts in the browser: local time, y from zero, gaps as gaps, all series on hover, a table as
/// the alternative. A render sends only points that the browser has not; it draws a few hundred and never while the tab is hidden.
/// Dragging over it looks closer: it chooses the <see cref="PageRange"/>, which all charts of the page follow.
/// </summary>
public sealed partial class TimeChart(IJSRuntime js, PageRange pageRange) : IAsyncDisposable
{
    private readonly string _id = $"chart-{Guid.NewGuid():N}";
    private readonly ChartFeed _feed = new();
    private ElementReference _canvas;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private DotNetObjectReference<TimeChart>? _self;
    private ChartSettings? _settings;
    private bool _asTable;
    private bool _sending;
    private bool _left;

    /// <summary>The question the chart answers: "Who holds connections?".</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The first is drawn lowest in a stack. Not to be changed after the first render.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartSeries> Series { get; set; } = [];

    /// <summary>Oldest first, in the order of time. Give the same points and the new ones: only new ones travel.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ChartPoint> Points { get; set; } = [];

    /// <summary>Lines across; the y-axis reaches to the highest.</summary>
    [Parameter]
    public IReadOnlyList<ChartLimit> Limits { get; set; } = [];

    /// <summary>How much time is shown, up to the newest point.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The stretch that is shown, whether it has points or not; null: the last <see cref="Window"/>, moving on.</summary>
    [Parameter]
    public TimeRange? Range { get; set; }

    /// <summary>Time between points where they lie far apart: more than half as much again without one is drawn as a gap.</summary>
    [Parameter]
    public TimeSpan? Step { get; set; }

    /// <summary>What happened, oldest first: lines with a word, and a list under the chart.</summary>
    [Parameter]
    public IReadOnlyList<ChartMark> Marks { get; set; } = [];

    /// <summary>Lists the marks under the chart too; of several charts over the same time one is enough.</summary>
    [Parameter]
    public bool ListMarks { get; set; } = true;

    /// <summary>A drag looks closer. For charts of a page that has a <see cref="PageRange"/>.</summary>
    [Parameter]
    public bool Zoom { get; set; } = true;

    /// <summary>What the values are.</summary>
    [Parameter]
    public ChartUnit Unit { get; set; }

    /// <summary>Areas upon each other; else lines.</summary>
    [Parameter]
    public bool Stacked { get; set; }

    /// <summary>Stands still; points are kept and drawn when it goes on.</summary>
    [Parameter]
    public bool Paused { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 260;

    /// <summary>Charts with the same name on a page move their crosshair together.</summary>
    [Parameter]
    public string? Group { get; set; }

    /// <summary>What the points are of (the environment): another one replaces everything drawn.</summary>
    [Parameter]
    public object? Subject { get; set; }

    private string Summary => Points.Count == 0
        ? $"{Title} No reading yet."
        : $"{Title} {(Range is null ? "Latest" : "At most")}: {string.Join(", ", Series.Select((series, index) => $"{series.Name} {ChartFigures.Write(Told(index), Unit)}"))}. The table has the readings.";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                await StartAsync();
            }

            if (!_left)
            {
                await SendAsync();
                return;
            }
        }
        catch (Exception fault) when (_left && fault is (JSException or ObjectDisposedException))
        {
            // What it would have been drawn on went with the page: nothing for the page that follows to show as its fault.
        }

        // The page was left while the chart was being made.
        await TakeDownAsync();
    }

    /// <summary>Called by the browser: somebody dragged from one moment to another (Unix milliseconds).</summary>
    [JSInvokable]
    public void LookCloser(long from, long to) => pageRange.Choose(new TimeRange(DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)));

    /// <summary>Called by the browser: a double click takes the zoom back.</summary>
    [JSInvokable]
    public void LookWider() => pageRange.Widen();

    private async Task StartAsync()
    {
        try
        {
            _self = Zoom ? DotNetObjectReference.Create(this) : null;
            _module = await js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["chart.js"]}");
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _canvas, new
            {
                title = Title,
                group = Group,
                unit = Unit.ToString(),
                stacked = Stacked,
                height = Height,
                series = Series.Select(series => new { name = series.Name, meaning = series.Meaning.Css() }).ToArray(),
                zoom = _self,
            });
        }
        catch (JSDisconnectedException)
        {
            // The viewer left while the page was starting: nothing is there to draw on.
        }
    }

    /// <summary>One batch at a time: while one is on its way, later renders leave theirs to the loop.</summary>
    private async Task SendAsync()
    {
        if (_sending || _chart is not { } chart)
        {
            return;
        }

        _sending = true;
        try
        {
            await SendSettingsAsync(chart);
            while (_feed.Next(Points, Subject) is { } batch)
            {
                await chart.InvokeVoidAsync("points", batch.Replace, batch.Times, batch.Values);
            }
        }
        catch (JSDisconnectedException)
        {
            // The viewer left.
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task SendSettingsAsync(IJSObjectReference chart)
    {
        var settings = new ChartSettings(Paused, Window, Range, Step, [.. Limits], [.. Marks]);
        if (settings == _settings)
        {
            return;
        }

        _settings = settings;
        await chart.InvokeVoidAsync("settings", settings.ToJs());
    }

    private IEnumerable<ChartMark> Happened => Range is { } range ? Marks.Where(mark => range.Contains(mark.At)) : Marks;

    /// <summary>What the legend says of a series: the latest value of one that moves on, the highest of a fixed time.</summary>
    private double? Told(int series) => Points.Count == 0 ? null : Range is null ? Points[^1].Values[series] : Points.Max(point => point.Values[series]);

    private void ToggleTable() => _asTable = !_asTable;

    private async Task SaveAsync(string form)
    {
        if (_chart is { } chart)
        {
            await chart.InvokeVoidAsync("save", form);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _left = true;
        await TakeDownAsync();
    }

    private async Task TakeDownAsync()
    {
        try
        {
            _self?.Dispose();
            _self = null;
            if (_chart is { } chart)
            {
                _chart = null;
                await chart.InvokeVoidAsync("destroy");
                await chart.DisposeAsync();
            }

            if (_module is { } module)
            {
                _module = null;
                await module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The viewer left and took the chart along.
        }
    }
}
