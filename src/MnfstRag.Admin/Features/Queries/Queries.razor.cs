using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>Which statements take the server's time, over any stretch of time.</summary>
public sealed partial class Queries(QueriesService queries, EnvironmentSelection selection, PageRange range, NavigationManager navigation, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>What a reading brought is in the store a moment later.</summary>
    private static readonly TimeSpan UntilStored = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private string? _environment;
    private EnvironmentSnapshot? _snapshot;
    private QueriesView? _view;
    private QueriesState _state = new(QueryPreset.All, null, QuerySort.Load, false, null);
    private List<QueryRow> _rows = [];
    private StatementsReading? _loaded;
    private LiveLoop? _loop;
    private bool _loading;
    private bool _ended;
    private int _typed;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _state = QueriesState.Parse(navigation.ToAbsoluteUri(navigation.Uri));
        selection.Changed += OnSelectionChanged;
        range.Changed += OnRangeChanged;
        navigation.LocationChanged += OnLocationChanged;
        await FollowSelectionAsync();
    }

    private async Task FollowSelectionAsync()
    {
        if (_loop is not null && selection.Current == _environment && !_ended)
        {
            return;
        }

        await LeaveAsync();
        (_environment, _snapshot, _view, _rows, _loaded, _ended) = (selection.Current, null, null, [], null, false);
        if (_environment is { } environment)
        {
            _loop = LiveLoop.Start(leave => queries.WatchAsync(environment, leave), ReceiveAsync, DispatchExceptionAsync);
        }
    }

    /// <summary>Figures change with a reading of statements, not with every tick: between two nothing is asked and only the age is drawn anew.</summary>
    private Task ReceiveAsync(EnvironmentSnapshot? snapshot) => InvokeAsync(async () =>
    {
        (_ended, _snapshot) = (snapshot is null, snapshot ?? _snapshot);
        var held = Held(_snapshot);
        if (_view is null || (range.Choice.Between is null && held is not null && !ReferenceEquals(held.Value, _loaded) && clock.GetUtcNow() - held.ReadAt >= UntilStored))
        {
            await LoadAsync();
        }

        StateHasChanged();
    });

    private async Task LoadAsync()
    {
        if (_snapshot is not { } snapshot || _loading)
        {
            return;
        }

        _loading = true;
        try
        {
            RangeChoice asked;
            do
            {
                asked = range.Choice;
                var held = Held(snapshot);
                var view = await queries.ReadAsync(snapshot, range.At(clock.GetUtcNow()));
                if (_snapshot?.EnvironmentId == snapshot.EnvironmentId)
                {
                    _view = view;
                    _loaded = held is not null && clock.GetUtcNow() - held.ReadAt >= UntilStored ? held.Value : null;
                    _rows = _state.Of(view.Rows);
                }

                snapshot = _snapshot;
            }
            while (snapshot is not null && (_view is null || range.Choice != asked)); // Another environment or stretch was chosen meanwhile.
        }
        finally
        {
            _loading = false;
        }
    }

    private Task<IReadOnlyDictionary<string, IReadOnlyList<double?>>> SparklinesAsync(IReadOnlyCollection<string> subjects) =>
        queries.SparklinesAsync(_snapshot!.EnvironmentId, subjects, _view!.Range);

    private async Task FindAsync(ChangeEventArgs e)
    {
        var turn = ++_typed;
        await Task.Delay(TypingPause, clock);
        if (turn == _typed)
        {
            navigation.ReplaceQuery("find", e.Value as string);
        }
    }

    private string Link(QueriesState state) => navigation.GetUriWithQueryParameters(state.Query.ToDictionary(pair => pair.Key, pair => (object?)pair.Value, StringComparer.Ordinal));

    private void ClosePanel() => navigation.ReplaceQuery("statement", null);

    private static ImmutableArray<DatabaseTable> Tables(EnvironmentSnapshot snapshot) => snapshot.Slow.Of(TableReader.Instance) is { } held ? held.Value.Tables : [];

    private static Held<StatementsReading>? Held(EnvironmentSnapshot? snapshot) => snapshot?.Slow.Of(StatementsReader.Instance);

    private static StatementsReading? Reading(EnvironmentSnapshot snapshot) => Held(snapshot)?.Value;

    private static Availability Availability(EnvironmentSnapshot snapshot) =>
        StatementsAvailability.Of(snapshot.Capabilities, Reading(snapshot), snapshot.Slow.Fault(StatementsReader.Instance), snapshot.Slow.Of(SettingsReader.Instance)?.Value);

    private string Summary(QueriesView view)
    {
        var seconds = view.Range.Length.TotalSeconds;
        return view.Rows.Count == 0
            ? $"No statement is known of the {range.Words}."
            : $"{Words.Plural((long)view.Calls, "call")} of {Words.Plural(view.Rows.Count, "statement")} took {Words.Duration(TimeSpan.FromMilliseconds(view.ExecMs))} in the {range.Words}: on average {Words.Count(view.ExecMs / 1000 / seconds)} at work at a time.";
    }

    private static string Told(QueryLoad load) =>
        $"How much time their calls take in each second, all sessions together. {(load.Rows.Count == 1 ? "This statement takes" : $"These {load.Rows.Count} statements take")} {Words.Percent(load.Share)} of the time of all. Drag over the chart to look closer.";

    private static string EmptyTitle(QueriesView view) => view.Rows.Count > 0 ? "No statement is like that" : "Nothing is known of this time yet";

    private static string EmptyText(EnvironmentSnapshot snapshot, QueriesView view) => view.Rows.Count > 0
        ? "Choose another filter or a longer time."
        : Reading(snapshot)?.Extension is null
            ? "Statements are counted by pg_stat_statements; the note above says what is missing."
            : "Two readings make a difference: the first is there, and figures appear with the next one, within a minute.";

    private static string Name(QueryPreset preset) => preset switch
    {
        QueryPreset.Slow => "Slow (over 100 ms)",
        QueryPreset.VerySlow => "Very slow (over 1 s)",
        QueryPreset.New => "New",
        QueryPreset.Regressed => "Slower than before",
        _ => "All",
    };

    private static string Explain(QueryPreset preset) => preset switch
    {
        QueryPreset.Slow => "Mean time over 100 ms, the ten slowest: the product's guide asks for these",
        QueryPreset.VerySlow => "Mean time over 1000 ms: what the guide's health check counts",
        QueryPreset.New => "First seen in the chosen time",
        QueryPreset.Regressed => "At least twice as slow as in the time of the same length before",
        _ => "Every statement that was called",
    };

    private void OnSelectionChanged() => _ = RefreshAsync(FollowSelectionAsync);

    private void OnRangeChanged() => _ = RefreshAsync(LoadAsync);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = RefreshAsync(() =>
    {
        _state = QueriesState.Parse(navigation.ToAbsoluteUri(navigation.Uri));
        _rows = _view is null ? [] : _state.Of(_view.Rows);
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
        navigation.LocationChanged -= OnLocationChanged;
        await LeaveAsync();
    }
}
