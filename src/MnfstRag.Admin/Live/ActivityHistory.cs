using System.Collections.Immutable;

namespace MnfstRag.Admin.Live;

/// <summary>
/// The last hour of an environment, one point a tick, in memory. One writer, any number of readers: each reader gets points
/// that it shares with all the others.
/// </summary>
public sealed class ActivityHistory(TimeSpan span)
{
    private readonly Lock _lock = new();
    private readonly Queue<ActivityPoint> _points = new();
    private DateTimeOffset _newest;

    /// <summary>Adds a point and drops those older than the span. Points come in order of time; one that does not is left out.</summary>
    internal void Add(ActivityPoint point)
    {
        lock (_lock)
        {
            if (_points.Count > 0 && _newest >= point.At)
            {
                return;
            }

            _newest = point.At;
            _points.Enqueue(point);
            while (_points.Peek().At < point.At - span)
            {
                _points.Dequeue();
            }
        }
    }

    /// <summary>Points not older than <paramref name="since"/>, oldest first.</summary>
    public ImmutableArray<ActivityPoint> Since(DateTimeOffset since)
    {
        lock (_lock)
        {
            return [.. _points.SkipWhile(point => point.At < since)];
        }
    }
}
