using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>What the front page shows now. Scoped.</summary>
public sealed class OverviewService(WatchService watch, FindingsService findings, CardMaker cards)
{
    /// <summary>Cards of every environment and all findings at once, then again whenever some changed. No cards when none is configured.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<OverviewNow> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var all in watch.WatchAllAsync(cancellationToken))
        {
            yield return new OverviewNow(
                [.. all.Select(one => cards.Card(one.Snapshot, () => one.History.Since(one.Snapshot.PublishedAt - CardMaker.Window)))],
                [
                    .. all.SelectMany(one => findings.Weigh(one.Snapshot).Select(weighed => new EnvironmentFinding(one.Snapshot.Environment, weighed)))
                        .OrderByDescending(one => one.Weighed.Finding.Level),
                ]);
        }
    }

    /// <summary>Whether the caller may put findings aside: the page hides what would be refused.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public Task<bool> MayDismissAsync(CancellationToken cancellationToken = default) => findings.MayDismissAsync(cancellationToken);
}
