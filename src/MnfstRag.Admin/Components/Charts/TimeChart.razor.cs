using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MnfstRag.Admin.Components.Charts;

/// <summary>
/// Figures over time, drawn by ApexCharts in the browser: local time, y from zero, gaps as gaps, all series on hover, a table as
/// the alternative. A render sends only points that the browser has not; it draws a few hundred and never while the tab is hidden.
/// </summary>
public sealed partial class TimeChart(IJSRuntime js) : IAsyncDisposable
{
    private readonly string _id = $"chart-{Guid.NewGuid():N}";
    private readonly ChartFeed _feed = new();
    private ElementReference _canvas;
    private IJSObjectReference? _module;
    private IJSObjectReference? _chart;
    private (bool, IReadOnlyList<ChartLimit>, TimeSpan)? _settings;
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
        : $"{Title} Latest: {string.Join(", ", Series.Select((series, index) => $"{series.Name} {ChartFigures.Write(Latest(index), Unit)}"))}. The table has the readings.";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await StartAsync();
        }

        if (_left)
        {
            // The page was left while the chart was being made.
            await TakeDownAsync();
            return;
        }

        await SendAsync();
    }

    private async Task StartAsync()
    {
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", $"./{Assets["chart.js"]}");
            _chart = await _module.InvokeAsync<IJSObjectReference>("create", _canvas, new
            {
                title = Title,
                group = Group,
                unit = Unit.ToString(),
                stacked = Stacked,
                height = Height,
                series = Series.Select(series => new { name = series.Name, meaning = series.Meaning.Css() }).ToArray(),
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
        if (_settings is { } sent && sent.Item1 == Paused && sent.Item2.SequenceEqual(Limits) && sent.Item3 == Window)
        {
            return;
        }

        _settings = (Paused, [.. Limits], Window);
        await chart.InvokeVoidAsync("settings", new
        {
            paused = Paused,
            windowMs = Window.TotalMilliseconds,
            limits = Limits.Select(limit => new { label = limit.Label, value = limit.Value, level = limit.Level.ToString() }).ToArray(),
        });
    }

    private double? Latest(int series) => Points.Count > 0 ? Points[^1].Values[series] : null;

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
