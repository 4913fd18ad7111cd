using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>What the page shows of one snapshot under one filter and order.</summary>
/// <param name="Snapshot">What it was made from.</param>
/// <param name="Rows">Sessions of the table, filtered and sorted.</param>
/// <param name="Total">Sessions of all clients, the dashboard's own left out.</param>
/// <param name="Own">The dashboard's own.</param>
/// <param name="Groups">Counts by group over all sessions; unusual groups only when they have some.</param>
/// <param name="Shares">Breakdown by each dimension, under the filter in the others.</param>
public sealed record ConnectionsView(
    EnvironmentSnapshot Snapshot,
    List<Session> Rows,
    int Total,
    int Own,
    IReadOnlyList<GroupCount> Groups,
    IReadOnlyDictionary<SessionDimension, IReadOnlyList<Share>> Shares)
{
    private static readonly IReadOnlyList<SessionGroup> Usual = [SessionGroup.Active, SessionGroup.Waiting, SessionGroup.IdleInTransaction, SessionGroup.Idle];

    /// <summary>The server's clock at the reading.</summary>
    public DateTimeOffset Now => Snapshot.Activity?.ServerTime ?? Snapshot.PublishedAt;

    /// <summary>Sessions whose state the watching role may not see.</summary>
    public int Hidden => Groups.FirstOrDefault(group => group.Group == SessionGroup.Hidden)?.Count ?? 0;

    /// <summary>Works it out.</summary>
    public static ConnectionsView Of(EnvironmentSnapshot snapshot, SessionFilter filter, SessionOrder order)
    {
        var all = snapshot.Activity?.Sessions ?? [];
        var others = all.Where(session => !session.IsDashboard).ToList();
        var now = snapshot.Activity?.ServerTime ?? snapshot.PublishedAt;
        return new ConnectionsView(
            snapshot,
            order.Sort(others.Where(filter.Matches)),
            others.Count,
            all.Count - others.Count,
            Grouped(others, now),
            Enum.GetValues<SessionDimension>().ToDictionary(dimension => dimension, dimension => Broken(dimension, others, filter)));
    }

    /// <summary>The usual groups stand there even when empty, so that nothing jumps from tick to tick.</summary>
    private static IReadOnlyList<GroupCount> Grouped(List<Session> sessions, DateTimeOffset now)
    {
        var groups = sessions.ToLookup(SessionGroups.Of);
        return
        [
            .. Enum.GetValues<SessionGroup>()
                .Where(group => Usual.Contains(group) || groups.Contains(group))
                .Select(group => Counted(group, [.. groups[group]], now)),
        ];
    }

    private static GroupCount Counted(SessionGroup group, IReadOnlyList<Session> sessions, DateTimeOffset now)
    {
        Func<Session, DateTimeOffset?> since = group is SessionGroup.Active or SessionGroup.Waiting ? SessionTimes.QueryStart : session => session.StateChange;
        var longest = sessions.Where(session => since(session) is not null).MinBy(since);
        return new GroupCount(group, sessions.Count, longest, longest is null || since(longest) is not { } start ? null : now > start ? now - start : TimeSpan.Zero);
    }

    private static IReadOnlyList<Share> Broken(SessionDimension dimension, List<Session> sessions, SessionFilter filter)
    {
        var rest = filter.With(dimension, null);
        return
        [
            .. sessions.Where(rest.Matches)
                .GroupBy(session => SessionFilter.Value(dimension, session), StringComparer.Ordinal)
                .Select(group => new Share(
                    group.Key,
                    group.Count(),
                    group.Count(session => session.State is SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted),
                    group.Count(session => session.WaitsOnLock)))
                .OrderByDescending(share => share.Count)
                .ThenBy(share => share.Value, StringComparer.Ordinal),
        ];
    }
}
