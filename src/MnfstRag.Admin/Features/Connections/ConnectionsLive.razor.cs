using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Who is connected, what they do and who waits for whom. One render a tick.</summary>
public sealed partial class ConnectionsLive(
    ConnectionsService connections,
    EnvironmentSelection selection,
    NavigationManager navigation,
    Pause pause,
    TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan MarksEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private readonly List<ChartPoint> _points = [];
    private ConnectionsState _state = new();
    private EnvironmentSnapshot? _latest;
    private EnvironmentSnapshot? _snapshot;
    private ConnectionsView? _view;
    private IReadOnlyList<ChartLimit> _limits = [];
    private IReadOnlyList<ChartMark> _marks = [];
    private DateTimeOffset _marked;
    private LiveLoop? _loop;
    private bool _ended;
    private bool _maySignal;
    private bool _mayReadRaw;
    private int _typed;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        selection.Changed += OnSelectionChanged;
        pause.Changed += OnPauseChanged;
        (_maySignal, _mayReadRaw) = await connections.MayAsync();
        await FollowUrlAsync();
    }

    /// <summary>Takes over what the URL says; another environment means another stream.</summary>
    private async Task FollowUrlAsync()
    {
        var before = _state.Environment;
        _state = ConnectionsState.Parse(navigation.ToAbsoluteUri(navigation.Uri)) with { Environment = selection.Current };
        if (_loop is not null && _state.Environment == before && !_ended)
        {
            Show(_snapshot);
            return;
        }

        await LeaveAsync();
        (_latest, _snapshot, _view, _limits, _marks, _marked, _ended) = (null, null, null, [], [], default, false);
        _points.Clear();
        if (_state.Environment is { } environment)
        {
            _points.AddRange(await connections.HistoryAsync(environment));
            _loop = LiveLoop.Start(leave => connections.WatchAsync(environment, leave), ReceiveAsync, DispatchExceptionAsync);
        }
    }

    private Task ReceiveAsync(EnvironmentSnapshot? snapshot) => InvokeAsync(async () =>
    {
        if (snapshot is null)
        {
            _ended = true;
            StateHasChanged();
            return;
        }

        _latest = snapshot;
        Remember(ConnectionsChart.Point(snapshot.Point));
        if (snapshot.PublishedAt - _marked >= MarksEvery)
        {
            _marked = snapshot.PublishedAt;
            _marks = await connections.MarksAsync(snapshot.EnvironmentId, snapshot.PublishedAt);
        }

        // A pause holds back figures, never an alarm: a server that stops or starts answering is shown at once.
        if (!pause.IsOn || _snapshot?.State != snapshot.State)
        {
            Show(snapshot);
            StateHasChanged();
        }
    });

    private void Show(EnvironmentSnapshot? snapshot)
    {
        _snapshot = snapshot;
        _view = snapshot is null ? null : ConnectionsView.Of(snapshot, _state.Filter, _state.Order);
        _limits = ConnectionsChart.Limits(snapshot?.Limits);
    }

    private void Remember(ChartPoint point)
    {
        if (_points.Count > 0 && _points[^1].At >= point.At)
        {
            return;
        }

        _points.Add(point);
        var old = _points.FindIndex(kept => kept.At >= point.At - ConnectionsChart.Window);
        if (old > 0)
        {
            _points.RemoveRange(0, old);
        }
    }

    /// <summary>Hidden sessions have a notice of their own, which counts them.</summary>
    private static IReadOnlyList<Availability> Lacks(EnvironmentSnapshot snapshot, ConnectionsView view) => view.Hidden > 0
        ? Judgement.Lacks(snapshot, Panels.Connection, Panels.QueryTexts, Panels.QueryIds)
        : Judgement.Lacks(snapshot, Panels.Connection, Panels.Sessions, Panels.QueryTexts, Panels.QueryIds);

    private string Shown(ConnectionsView view) => _state.Filter.Any
        ? $"{Words.Count(view.Rows.Count)} of {Words.Plural(view.Total, "session")}"
        : Words.Plural(view.Total, "session");

    /// <summary>Filters once the typing rests.</summary>
    private async Task FindAsync(ChangeEventArgs e)
    {
        var turn = ++_typed;
        await Task.Delay(TypingPause, clock);
        if (turn == _typed)
        {
            Go(_state with { Filter = _state.Filter with { Text = e.Value as string is { Length: > 0 } text ? text : null } });
        }
    }

    private void Toggle(SessionColumn column) => Go(_state.Toggle(column));

    private void ClosePanel() => Go(_state with { Session = null });

    /// <summary>Back leaves the page instead of undoing letters.</summary>
    private void Go(ConnectionsState state) => navigation.NavigateTo(state.ToUrl(), replace: true);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (navigation.ToAbsoluteUri(e.Location).AbsolutePath == ConnectionsState.Path)
        {
            _ = RefreshAsync(FollowUrlAsync);
        }
    }

    private void OnSelectionChanged()
    {
        if (_state.Environment is null || _ended)
        {
            _ = RefreshAsync(FollowUrlAsync);
        }
    }

    private void OnPauseChanged() => _ = RefreshAsync(() =>
    {
        Show(_latest);
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
        navigation.LocationChanged -= OnLocationChanged;
        selection.Changed -= OnSelectionChanged;
        pause.Changed -= OnPauseChanged;
        await LeaveAsync();
    }
}
