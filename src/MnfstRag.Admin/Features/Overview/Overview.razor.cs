using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>The front page: what is wrong now, in words, and the figures that tell.</summary>
public sealed partial class Overview(OverviewService overview, PageRange range, Pause pause) : IAsyncDisposable
{
    private const string GrantScript = """
        CREATE ROLE watcher LOGIN PASSWORD 'choose-one';
        GRANT pg_monitor TO watcher;
        """;

    private IReadOnlyList<EnvironmentCard>? _cards;
    private IReadOnlyList<EnvironmentFinding> _findings = [];
    private LiveLoop? _loop;
    private bool _mayDismiss;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        range.Changed += OnRangeChanged;
        _loop = LiveLoop.Start(overview.WatchAsync, ShowAsync, DispatchExceptionAsync);
        _mayDismiss = await overview.MayDismissAsync();
    }

    private Task ShowAsync(OverviewNow now) => InvokeAsync(() =>
    {
        // A pause holds back figures, never an alarm: an environment that stops or starts answering is shown at once.
        var alarming = _cards is null || !Worst(now.Findings).SequenceEqual(Worst(_findings)) || !States(now.Cards).SequenceEqual(States(_cards));
        if (!pause.IsOn || alarming)
        {
            (_cards, _findings) = (now.Cards, now.Findings);
            StateHasChanged();
        }
    });

    private IReadOnlyList<Finding> Of(EnvironmentCard card) =>
        [.. _findings.Where(one => one.Environment == card.Snapshot.Environment && one.Weighed.Dismissal is null).Select(one => one.Weighed.Finding)];

    private static IEnumerable<(string, FindingLevel, bool)> Worst(IReadOnlyList<EnvironmentFinding> findings) =>
        findings.Select(one => (one.Key, one.Weighed.Finding.Level, one.Weighed.Dismissal is null));

    private static IEnumerable<(Guid, WatchState)> States(IReadOnlyList<EnvironmentCard> cards) =>
        cards.Select(card => (card.Snapshot.EnvironmentId, card.Snapshot.State));

    private void OnRangeChanged() => _ = InvokeAsync(StateHasChanged);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        range.Changed -= OnRangeChanged;
        return _loop?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
