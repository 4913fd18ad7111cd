namespace MnfstRag.Admin.Components.Charts;

/// <summary>
/// What the browser already has of a chart's points, so that a tick sends one point and not all. Times are Unix milliseconds,
/// values stand in the order of the series.
/// </summary>
internal sealed class ChartFeed
{
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private object? _key;

    /// <summary>
    /// What to send now: everything (<c>Replace</c>) the first time, when <paramref name="key"/> changed or when the points do not
    /// continue what was sent; else those after the last one sent; null when there is nothing new.
    /// </summary>
    public ChartBatch? Next(IReadOnlyList<ChartPoint> points, object? key)
    {
        var from = Equals(_key, key) ? After(points) : 0;
        var replace = from == 0 && (_last is not null || points.Count > 0);
        if (!replace && from == points.Count)
        {
            _key = key;
            return null;
        }

        _key = key;
        _first = replace ? points.Count > 0 ? points[0].At : null : _first;
        _last = points.Count > 0 ? points[^1].At : null;
        var fresh = points.Skip(from).ToList();
        return new ChartBatch(
            replace,
            [.. fresh.Select(point => point.At.ToUnixTimeMilliseconds())],
            [.. fresh.Select(point => point.Values)]);
    }

    /// <summary>Index after the last point sent; 0 when it is not among <paramref name="points"/> or older ones appeared.</summary>
    private int After(IReadOnlyList<ChartPoint> points)
    {
        if (_last is not { } last || points.Count == 0 || points[0].At < _first)
        {
            return 0;
        }

        for (var index = points.Count - 1; index >= 0 && points[index].At >= last; index--)
        {
            if (points[index].At == last)
            {
                return index + 1;
            }
        }

        return 0;
    }
}
