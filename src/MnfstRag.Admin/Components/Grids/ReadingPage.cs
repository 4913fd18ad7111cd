using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Grids;

/// <summary>
/// What pages over a slow reading have in common: they follow environment, URL and range, work out what they show off the render
/// path, and render when the reading or the state of the sampler is another one, not at every tick.
/// </summary>
/// <typeparam name="TView">What is shown: immutable.</typeparam>
public abstract class ReadingPage<TView> : ComponentBase, IAsyncDisposable
    where TView : class
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    /// <summary>What is derived from figures of every tick (counts of findings, forecasts) may be this old.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _leave = new();
    private EnvironmentSnapshot? _latest;
    private (WatchState, string?, object?, long) _shown;
    private LiveLoop? _loop;
    private int _turn;
    private int _typed;

    [Inject]
    private IOptions<SamplerOptions> Sampling { get; set; } = null!;

    /// <summary>The environment that is shown, and links to it.</summary>
    [Inject]
    protected EnvironmentSelection Selection { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private Pause Pause { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>The stretch of time that is shown.</summary>
    [Inject]
    protected PageRange Range { get; set; } = null!;

    /// <summary>How often and how patiently servers are read.</summary>
    protected SamplerOptions Pace => Sampling.Value;

    /// <summary>Time between readings, at most: that of the shape while nobody watches, and a while until the first after that.</summary>
    protected virtual TimeSpan Every => Pace.ShapeInterval * 5;

    /// <summary>What the viewer chose.</summary>
    protected GridUrl Url { get; private set; } = null!;

    /// <summary>The snapshot that <see cref="View"/> was made from; null before the first.</summary>
    protected EnvironmentSnapshot? Snapshot { get; private set; }

    /// <summary>What is shown; null before it was worked out.</summary>
    protected TView? View { get; private set; }

    /// <summary>There is no such environment, or no longer.</summary>
    protected bool Ended { get; private set; }

    /// <summary>Figures stand still.</summary>
    protected bool IsPaused => Pause.IsOn;

    /// <summary>The environment's snapshots, and null when it is gone.</summary>
    protected abstract IAsyncEnumerable<EnvironmentSnapshot?> WatchAsync(string environment, CancellationToken cancellationToken);

    /// <summary>What of a snapshot the page shows: another one is shown at once.</summary>
    protected abstract object? Reading(EnvironmentSnapshot snapshot);

    /// <summary>Works out what is shown. Long work belongs on another thread.</summary>
    protected abstract Task<TView> WorkOutAsync(EnvironmentSnapshot snapshot, GridUrl url, CancellationToken cancellationToken);

    /// <summary>The range that is shown, ended at our clock's last whole minute: history is kept by the minute.</summary>
    protected TimeRangeKey RangeNow()
    {
        var now = Clock.GetUtcNow();
        return new TimeRangeKey(Range.At(now), Range.Choice, now.ToUnixTimeSeconds() / 60);
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Selection.Changed += OnSelectionChanged;
        Range.Changed += OnChanged;
        Pause.Changed += OnChanged;
        await FollowUrlAsync();
    }

    /// <summary>Looks for what was typed once the typing rests. Back leaves the page instead of undoing letters.</summary>
    protected async Task FindAsync(ChangeEventArgs e)
    {
        var turn = ++_typed;
        await Task.Delay(TypingPause, Clock);
        if (turn == _typed)
        {
            Go(Url.With(GridUrl.Find, (e.Value as string)?.Trim()));
        }
    }

    /// <summary>Shows another URL of this page in the place of the present one.</summary>
    protected void Go(GridUrl url) => Navigation.NavigateTo(url.ToString(), replace: true);

    private async Task FollowUrlAsync()
    {
        var before = Url?.Environment;
        Url = GridUrl.Of(Navigation.ToAbsoluteUri(Navigation.Uri)).With(EnvironmentSelection.Parameter, Selection.Current);
        if (_loop is not null && Url.Environment == before && !Ended)
        {
            await RefreshAsync();
            return;
        }

        _turn++;
        await EndAsync();
        (_latest, Snapshot, View, Ended, _shown) = (null, null, null, false, default);
        if (Url.Environment is { } environment)
        {
            _loop = LiveLoop.Start(leave => WatchAsync(environment, leave), ReceiveAsync, DispatchExceptionAsync);
        }
    }

    private Task ReceiveAsync(EnvironmentSnapshot? snapshot) => InvokeAsync(async () =>
    {
        if (snapshot is null)
        {
            Ended = true;
            StateHasChanged();
            return;
        }

        _latest = snapshot;
        var now = (snapshot.State, snapshot.Explanation, Reading(snapshot), snapshot.PublishedAt.UtcTicks / RenewAfter.Ticks);

        // A pause holds back figures, never an alarm: a server that stops or starts answering is shown at once.
        if (now != _shown && (!Pause.IsOn || Snapshot?.State != snapshot.State))
        {
            _shown = now;
            await RefreshAsync(snapshot);
        }
    });

    /// <summary>Of several begun at once the last is shown.</summary>
    private async Task RefreshAsync(EnvironmentSnapshot? fresh = null)
    {
        if ((fresh ?? (Pause.IsOn ? Snapshot : null) ?? _latest) is not { } snapshot)
        {
            return;
        }

        var turn = ++_turn;
        try
        {
            var view = await WorkOutAsync(snapshot, Url, _leave.Token);
            if (turn == _turn)
            {
                (Snapshot, View) = (snapshot, view);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            // The page went while it was worked out.
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (Navigation.ToAbsoluteUri(e.Location).AbsolutePath == Url.Path)
        {
            _ = DoAsync(FollowUrlAsync);
        }
    }

    private void OnSelectionChanged()
    {
        if (Url.Environment is null || Ended)
        {
            _ = DoAsync(FollowUrlAsync);
        }
    }

    private void OnChanged() => _ = DoAsync(() => RefreshAsync());

    private Task DoAsync(Func<Task> change) => InvokeAsync(async () =>
    {
        try
        {
            await change();
            StateHasChanged();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });

    private async Task EndAsync()
    {
        if (_loop is { } loop)
        {
            _loop = null;
            await loop.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Selection.Changed -= OnSelectionChanged;
        Range.Changed -= OnChanged;
        Pause.Changed -= OnChanged;
        await _leave.CancelAsync();
        await EndAsync();
        _leave.Dispose();
        GC.SuppressFinalize(this);
    }
}
