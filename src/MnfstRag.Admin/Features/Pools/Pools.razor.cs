using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Features.Pools;

/// <summary>The application's connections: what it may open, what it holds, what stops it first. One render a tick.</summary>
public sealed partial class Pools(PoolsService pools, EnvironmentSelection selection, PageRange range, Pause pause, TimeProvider clock) : IAsyncDisposable
{
    private static readonly string[] Rules = ["pools.", "connections."];

    private string? _environment;
    private EnvironmentSnapshot? _latest;
    private EnvironmentSnapshot? _snapshot;
    private PoolsPast? _past;
    private string? _pastFault;
    private LiveLoop? _loop;
    private bool _ended;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        selection.Changed += OnSelectionChanged;
        range.Changed += OnRangeChanged;
        pause.Changed += OnPauseChanged;
        await FollowSelectionAsync();
    }

    /// <summary>Another environment means another stream.</summary>
    private async Task FollowSelectionAsync()
    {
        if (_loop is not null && selection.Current == _environment && !_ended)
        {
            return;
        }

        await LeaveAsync();
        (_environment, _latest, _snapshot, _ended) = (selection.Current, null, null, false);
        if (_environment is { } environment)
        {
            _loop = LiveLoop.Start(leave => pools.WatchAsync(environment, leave), ReceiveAsync, DispatchExceptionAsync);
        }
    }

    private Task ReceiveAsync(EnvironmentSnapshot? snapshot) => InvokeAsync(async () =>
    {
        var first = _latest is null;
        (_ended, _latest) = (snapshot is null, snapshot ?? _latest);

        // A pause holds back figures, never an alarm: a server that stops or starts answering is shown at once.
        if (_ended || !pause.IsOn || _snapshot?.State != _latest?.State)
        {
            _snapshot = _latest;
        }

        if (first && !_ended)
        {
            await LoadPastAsync();
        }

        StateHasChanged();
    });

    /// <summary>The stretch that is chosen; none while the page is live.</summary>
    private async Task LoadPastAsync()
    {
        (_past, _pastFault) = (null, null);
        if (range.IsLive || _latest is not { } snapshot)
        {
            return;
        }

        // Shown as empty until it has come: the live points would lie outside of it.
        var asked = new PoolsPast(range.At(clock.GetUtcNow()), [], null, []);
        _past = asked;
        try
        {
            var past = await pools.PastAsync(snapshot.EnvironmentId, asked.Range);
            _past = ReferenceEquals(_past, asked) ? past : _past;
        }
        catch (StoreUnavailableException fault)
        {
            _pastFault = fault.Message;
        }
    }

    private IReadOnlyList<ChartPoint> Points(PoolTruth truth) => _past?.Points ?? [.. truth.Reading?.Points.Select(PoolsChart.Point) ?? []];

    private void OnSelectionChanged() => _ = RefreshAsync(FollowSelectionAsync);

    private void OnRangeChanged() => _ = RefreshAsync(LoadPastAsync);

    private void OnPauseChanged() => _ = RefreshAsync(() =>
    {
        _snapshot = _latest;
        return Task.CompletedTask;
    });

    private Task RefreshAsync(Func<Task> change) => InvokeAsync(async () =>
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

    private async Task LeaveAsync()
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
        selection.Changed -= OnSelectionChanged;
        range.Changed -= OnRangeChanged;
        pause.Changed -= OnPauseChanged;
        await LeaveAsync();
    }
}
