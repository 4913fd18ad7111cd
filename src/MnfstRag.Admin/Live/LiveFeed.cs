using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MnfstRag.Admin.Live;

/// <summary>
/// The latest value, and a stream of those that follow, for any number of viewers. A slow viewer skips values: each has room
/// for one, and the newest wins, so nothing is queued.
/// </summary>
public sealed class LiveFeed<T>
    where T : class
{
    private ImmutableArray<Channel<T>> _viewers = [];

    /// <summary>The newest value; null before the first.</summary>
    public T? Latest { get; private set; }

    /// <summary>How many are watching now.</summary>
    public int Viewers => _viewers.Length;

    /// <summary>Raised when <see cref="Viewers"/> goes from none to one: a sampler that slowed down wakes up.</summary>
    public event Action? FirstViewer;

    /// <summary>Makes <paramref name="value"/> the latest and offers it to every viewer. Never waits.</summary>
    public void Publish(T value)
    {
        Latest = value;
        foreach (var viewer in _viewers)
        {
            viewer.Writer.TryWrite(value);
        }
    }

    /// <summary>The latest value at once, when there is one, then each that follows, until cancelled.</summary>
    public async IAsyncEnumerable<T> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _viewers, (viewers, added) => viewers.Add(added), channel);
        try
        {
            if (Latest is { } latest)
            {
                channel.Writer.TryWrite(latest);
            }

            if (_viewers.Length == 1)
            {
                FirstViewer?.Invoke();
            }

            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return value;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _viewers, (viewers, removed) => viewers.Remove(removed), channel);
        }
    }
}
