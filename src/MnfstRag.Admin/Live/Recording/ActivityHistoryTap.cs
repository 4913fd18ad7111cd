using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>A minute of points becomes one sample when the next minute begins.</summary>
internal sealed class ActivityHistoryTap : IHistoryTap
{
    /// <summary>Between two points further apart than this nothing was observed: the idle interval is shorter.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly List<ActivityPoint> _minute = [];
    private ActivityPoint? _last;
    private TimeSpan _covered;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        var point = snapshot.Point;
        if (point.At <= _last?.At)
        {
            return null;
        }

        var batch = _minute.Count > 0 && Minute(point.At) != Minute(_minute[^1].At) ? Close() : null;
        if (point.Sessions is not null)
        {
            if (_last is { Sessions: not null } before && point.At - before.At <= Longest)
            {
                _covered += point.At - before.At;
            }

            _minute.Add(point);
        }

        _last = point;
        return batch;
    }

    private static long Minute(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    private HistoryBatch? Close()
    {
        var (points, covered) = (_minute.ToList(), _covered);
        _minute.Clear();
        _covered = TimeSpan.Zero;
        return covered == TimeSpan.Zero ? null : new HistoryBatch(points[^1].At, covered, [new HistorySample(string.Empty, Values(points))]);
    }

    private static IReadOnlyList<double?> Values(List<ActivityPoint> points)
    {
        var counts = points.ConvertAll(point => point.Sessions!);
        return
        [
            counts.Average(count => count.Active),
            counts.Average(count => count.WaitingOnLock),
            counts.Average(count => count.IdleInTransaction),
            counts.Average(count => count.Aborted),
            counts.Average(count => count.Idle),
            counts.Average(count => count.Hidden),
            counts.Average(count => count.Other),
            counts.Average(count => count.Dashboard),
            counts.Average(count => count.Total),
            counts.Max(count => count.Total),
            counts.Max(count => count.WaitingOnLock),
            points[^1].Ordinary,
            points.Average(point => point.TransactionsPerSecond),
            HitRatio(points),
            points.Max(point => point.LongestTransaction)?.TotalSeconds ?? 0,
        ];
    }

    /// <summary>Of all blocks of the minute, not the mean of its seconds: a quiet second weighs nothing.</summary>
    private static double? HitRatio(List<ActivityPoint> points)
    {
        var read = points.Where(point => point is { CacheHitRatio: not null, BlocksPerSecond: > 0 }).ToList();
        var blocks = read.Sum(point => point.BlocksPerSecond!.Value);
        return blocks > 0 ? read.Sum(point => point.CacheHitRatio!.Value * point.BlocksPerSecond!.Value) / blocks : null;
    }
}
