using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MnfstRag.Admin.Live;

/// <summary>One viewer of every environment: counts as a viewer of each, and follows environments that come and go.</summary>
internal sealed class WatchAll(EnvironmentWatches watches)
{
    /// <summary>Something to see: at once, then whenever any feed or the list itself changed. Changes that come together are one.</summary>
    public async IAsyncEnumerable<bool> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Dictionary<EnvironmentWatch, Task> followed = [];
        watches.Changed += Wake;
        try
        {
            Wake();
            await foreach (var change in wake.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var watch in watches.All.Where(watch => !followed.ContainsKey(watch)))
                {
                    followed[watch] = FollowAsync(watch, Wake, ended.Token);
                }

                foreach (var gone in followed.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
                {
                    followed.Remove(gone);
                }

                yield return change;
            }
        }
        finally
        {
            watches.Changed -= Wake;
            await ended.CancelAsync();
            await Task.WhenAll(followed.Values);
        }

        void Wake() => wake.Writer.TryWrite(true);
    }

    private static async Task FollowAsync(EnvironmentWatch watch, Action wake, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in watch.Feed.WatchAsync(cancellationToken))
            {
                wake();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The viewer left: that is how following ends.
        }
    }
}
