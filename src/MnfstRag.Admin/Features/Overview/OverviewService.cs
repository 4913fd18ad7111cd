using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>What the front page shows. Scoped.</summary>
public sealed class OverviewService(WatchService watch, CardMaker cards)
{
    /// <summary>A card for every environment at once, then again whenever some changed. Empty when none is configured.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<IReadOnlyList<EnvironmentCard>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var all in watch.WatchAllAsync(cancellationToken))
        {
            yield return [.. all.Select(one => cards.Card(one.Snapshot, () => one.History.Since(one.Snapshot.PublishedAt - CardMaker.Window)))];
        }
    }
}
