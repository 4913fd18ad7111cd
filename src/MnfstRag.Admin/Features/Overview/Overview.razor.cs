using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>The front page: what is wrong now, in words, and the figures that tell.</summary>
public sealed partial class Overview(OverviewService overview, Pause pause) : IAsyncDisposable
{
    private const string GrantScript = """
        CREATE ROLE watcher LOGIN PASSWORD 'choose-one';
        GRANT pg_monitor TO watcher;
        """;

    private IReadOnlyList<EnvironmentCard>? _cards;
    private LiveLoop? _loop;

    /// <inheritdoc />
    protected override void OnInitialized() => _loop = LiveLoop.Start(overview.WatchAsync, ShowAsync, DispatchExceptionAsync);

    private Task ShowAsync(IReadOnlyList<EnvironmentCard> cards) => InvokeAsync(() =>
    {
        // A pause holds back figures, never an alarm: an environment that stops or starts answering is shown at once.
        if (!pause.IsOn || _cards is null || !States(cards).SequenceEqual(States(_cards)))
        {
            _cards = cards;
            StateHasChanged();
        }
    });

    private static IEnumerable<(Guid, WatchState)> States(IReadOnlyList<EnvironmentCard> cards) =>
        cards.Select(card => (card.Snapshot.EnvironmentId, card.Snapshot.State));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _loop?.DisposeAsync() ?? ValueTask.CompletedTask;
}
