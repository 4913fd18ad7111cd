using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>A stretch of time during which somebody was blocked, from the moments of which a lock tree was kept.</summary>
/// <param name="Moments">Oldest first; at least one.</param>
public sealed record LockEpisode(IReadOnlyList<LockMoment> Moments)
{
    /// <summary>So long without a blocked session ends an episode.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>First moment at which somebody was seen blocked.</summary>
    public DateTimeOffset From => Moments[0].At;

    /// <summary>Last one.</summary>
    public DateTimeOffset To => Moments[^1].At;

    /// <summary>The moment to look at first: the most blocked, then the longest wait.</summary>
    public LockMoment Worst => Moments.OrderByDescending(moment => moment.Blocked).ThenByDescending(moment => moment.LongestWait).First();

    /// <summary>Longest wait seen; null when not known.</summary>
    public TimeSpan? LongestWait => Moments.Max(moment => moment.LongestWait);

    /// <summary>Its moment at <paramref name="at"/>; -1 when it has none.</summary>
    public int IndexOf(DateTimeOffset? at) => Moments.Index().Where(pair => pair.Item.At == at).Select(pair => pair.Index).DefaultIfEmpty(-1).First();

    /// <summary>Episodes of <paramref name="moments"/> (oldest first), the newest first.</summary>
    public static IReadOnlyList<LockEpisode> Of(IReadOnlyList<LockMoment> moments)
    {
        List<List<LockMoment>> episodes = [];
        foreach (var moment in moments)
        {
            if (episodes.Count == 0 || moment.At - episodes[^1][^1].At > Silence)
            {
                episodes.Add([]);
            }

            episodes[^1].Add(moment);
        }

        episodes.Reverse();
        return [.. episodes.Select(episode => new LockEpisode(episode))];
    }
}
