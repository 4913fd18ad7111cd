using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>What waits to be written while the own store is away: bounded, the oldest dropped first. One writer, one at a time.</summary>
internal sealed class Backlog(int most, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Queue<Func<CancellationToken, Task>> _waiting = new();
    private long _retryAt;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>How many were dropped since it was asked last.</summary>
    public int Dropped { get; private set; }

    /// <summary>Adds one to the end.</summary>
    public void Add(Func<CancellationToken, Task> write)
    {
        _waiting.Enqueue(write);
        if (_waiting.Count > most)
        {
            _waiting.Dequeue();
            Dropped++;
        }
    }

    /// <summary>Writes what waits, in order, until one fails; after a failure not before a pause is over.</summary>
    /// <returns>Why it stopped; null when nothing is left or the pause is not over.</returns>
    public async Task<Exception?> WriteAsync(CancellationToken cancellationToken)
    {
        if (clock.GetTimestamp() < _retryAt)
        {
            return null;
        }

        while (_waiting.TryPeek(out var write))
        {
            try
            {
                await write(cancellationToken);
                _waiting.Dequeue();
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault))
            {
                _retryAt = clock.GetTimestamp() + (long)(Pause.TotalSeconds * clock.TimestampFrequency);
                return fault;
            }
        }

        return null;
    }

    /// <summary>Takes the count of dropped ones and begins anew.</summary>
    public int TakeDropped()
    {
        var dropped = Dropped;
        Dropped = 0;
        return dropped;
    }
}
