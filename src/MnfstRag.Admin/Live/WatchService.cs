using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Live;

/// <summary>
/// The only door to what the samplers see. Scoped, and permission-checked in every method: a stream also asks again every
/// half minute, so that a role taken away ends it.
/// </summary>
public sealed class WatchService(IAccess access, EnvironmentWatches watches, TimeProvider clock)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>Every environment with the state of its sampler, by name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<IReadOnlyList<EnvironmentStatus>> EnvironmentsAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return [.. watches.All.Select(watch => watch.Status)];
    }

    /// <summary>The newest snapshot; null before the first, or when no environment has that name.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<EnvironmentSnapshot?> LatestAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return watches.Find(environment)?.Feed.Latest;
    }

    /// <summary>The newest snapshot at once, then one a tick. Ends when the environment is removed or is not known.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<EnvironmentSnapshot> WatchAsync(
        string environment,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        if (watches.Find(environment) is not { } watch)
        {
            yield break;
        }

        var asked = clock.GetTimestamp();
        await foreach (var snapshot in watch.Feed.WatchAsync(cancellationToken))
        {
            if (clock.GetElapsedTime(asked) >= AskAgain)
            {
                await access.RequireAsync(Permissions.Watch, cancellationToken);
                asked = clock.GetTimestamp();
            }

            yield return snapshot;
        }
    }

    /// <summary>
    /// All environments at once, by name, then again whenever some changed: ticks that fall together come together. An empty list
    /// means that none is configured, or that the own store has not been read yet.
    /// </summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not watch, or may no longer.</exception>
    public async IAsyncEnumerable<IReadOnlyList<WatchedNow>> WatchAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        var asked = clock.GetTimestamp();
        await foreach (var _ in new WatchAll(watches).ChangesAsync(cancellationToken))
        {
            if (watches.All.Skip(1).Any())
            {
                await Task.Delay(Gather, clock, cancellationToken);
            }

            if (clock.GetElapsedTime(asked) >= AskAgain)
            {
                await access.RequireAsync(Permissions.Watch, cancellationToken);
                asked = clock.GetTimestamp();
            }

            yield return [.. watches.All.Where(watch => watch.Feed.Latest is not null).Select(watch => new WatchedNow(watch.Feed.Latest!, watch.History))];
        }
    }

    /// <summary>Points of the last <paramref name="window"/> (at most an hour is kept), oldest first, gaps included.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not watch.</exception>
    public async Task<ImmutableArray<ActivityPoint>> HistoryAsync(string environment, TimeSpan window, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.Watch, cancellationToken);
        return watches.Find(environment)?.History.Since(clock.GetUtcNow() - window) ?? [];
    }
}
