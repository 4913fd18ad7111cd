using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace MnfstRag.Admin.Live;

/// <summary>
/// The latest value, and a stream of those that follow, for any number of viewers. A viewer holds a wake-up call, never a
/// value: a slow one skips what it missed and reads the newest, so nothing is queued and nothing old is kept alive.
/// </summary>
public sealed class LiveFeed<T>
    where T : class
{
    private readonly Lock _lock = new();
    private ImmutableArray<Channel<bool>> _viewers = [];
    private bool _completed;
    private volatile T? _latest;

    /// <summary>The newest value; null before the first.</summary>
    public T? Latest => _latest;

    /// <summary>How many are watching now.</summary>
    public int Viewers => _viewers.Length;

    /// <summary>Raised when <see cref="Viewers"/> goes from none to one: a sampler that slowed down wakes up.</summary>
    public event Action? FirstViewer;

    /// <summary>Makes <paramref name="value"/> the latest and wakes every viewer. Never waits.</summary>
    public void Publish(T value)
    {
        _latest = value;
        foreach (var viewer in _viewers)
        {
            viewer.Writer.TryWrite(true);
        }
    }

    /// <summary>No value follows: every stream ends after the latest.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (var viewer in _viewers)
            {
                viewer.Writer.TryComplete();
            }
        }
    }

    /// <summary>The latest value at once, when there is one, then each that follows, until cancelled or completed.</summary>
    public async IAsyncEnumerable<T> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        Enter(wake);
        try
        {
            T? seen = null;
            if (_latest is { } present)
            {
                seen = present;
                yield return present;
            }

            await foreach (var _ in wake.Reader.ReadAllAsync(cancellationToken))
            {
                if (_latest is { } latest && !ReferenceEquals(latest, seen))
                {
                    seen = latest;
                    yield return latest;
                }
            }
        }
        finally
        {
            Leave(wake);
        }
    }

    private void Enter(Channel<bool> wake)
    {
        bool first;
        lock (_lock)
        {
            first = _viewers.IsEmpty;
            _viewers = _viewers.Add(wake);
            if (_completed)
            {
                wake.Writer.TryComplete();
            }
        }

        if (first)
        {
            FirstViewer?.Invoke();
        }
    }

    private void Leave(Channel<bool> wake)
    {
        lock (_lock)
        {
            _viewers = _viewers.Remove(wake);
        }
    }
}
