namespace MnfstRag.Postgres.Advising;

/// <summary>Whether connections have been rising up to now.</summary>
/// <param name="RisingFor">How long; at least two minutes.</param>
/// <param name="PerMinute">Connections gained per minute over that time.</param>
public sealed record ConnectionTrend(TimeSpan RisingFor, double PerMinute)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(2);
    private const double LeastRise = 3;

    /// <summary>
    /// The rise that ends at the newest point, or null when there is none worth naming. Points are averaged over half minutes, so
    /// that a pool that breathes is no trend.
    /// </summary>
    /// <param name="points">Oldest first.</param>
    public static ConnectionTrend? Of(IReadOnlyList<ConnectionUse> points)
    {
        if (points.Count == 0)
        {
            return null;
        }

        var end = points[^1].At;
        var steps = points
            .GroupBy(point => (int)((end - point.At) / Step))
            .OrderBy(group => group.Key)
            .Select(group => (Back: group.Key, Mean: group.Average(point => point.Used)))
            .ToList();

        var start = 0;
        while (start + 1 < steps.Count && steps[start + 1].Back == steps[start].Back + 1 && steps[start + 1].Mean <= steps[start].Mean)
        {
            start++;
        }

        // A rise comes in steps; the level ground before its first step is not part of it.
        while (start > 0 && steps[start].Mean >= steps[start - 1].Mean)
        {
            start--;
        }

        var risingFor = steps[start].Back * Step;
        var rise = steps[0].Mean - steps[start].Mean;
        return risingFor < Shortest || rise < LeastRise ? null : new ConnectionTrend(risingFor, rise / risingFor.TotalMinutes);
    }
}
