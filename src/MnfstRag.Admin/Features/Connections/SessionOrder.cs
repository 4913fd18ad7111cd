using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>How the session table is sorted. Ties go by pid, so that rows do not jump from tick to tick.</summary>
/// <param name="Column">By what.</param>
/// <param name="Descending">The largest, longest or last first.</param>
public sealed record SessionOrder(SessionColumn Column, bool Descending)
{
    /// <summary>What matters first: waiting and active before idle, the longest in each first.</summary>
    public static SessionOrder Usual { get; } = new(SessionColumn.State, Descending: false);

    /// <summary>The order after a click on a column's head: times begin with the longest.</summary>
    public SessionOrder Click(SessionColumn column) => column == Column
        ? this with { Descending = !Descending }
        : new SessionOrder(column, column is SessionColumn.QueryTime or SessionColumn.TransactionTime or SessionColumn.StateTime or SessionColumn.BlockedBy);

    /// <summary>Sorts; <paramref name="sessions"/> stays as it is.</summary>
    public List<Session> Sort(IEnumerable<Session> sessions)
    {
        var sorted = sessions.ToList();
        sorted.Sort(Compare);
        return sorted;
    }

    private int Compare(Session left, Session right)
    {
        var order = Column switch
        {
            SessionColumn.State => SessionGroups.Of(left).CompareTo(SessionGroups.Of(right)) is not 0 and var group ? group : Start(left.StateChange, right.StateChange),
            SessionColumn.Query => string.CompareOrdinal(left.Query, right.Query),
            SessionColumn.QueryTime => -Start(SessionTimes.QueryStart(left), SessionTimes.QueryStart(right)),
            SessionColumn.TransactionTime => -Start(left.TransactionStart, right.TransactionStart),
            SessionColumn.StateTime => -Start(left.StateChange, right.StateChange),
            SessionColumn.Wait => string.CompareOrdinal(left.WaitEventType + left.WaitEvent, right.WaitEventType + right.WaitEvent),
            SessionColumn.BlockedBy => left.BlockedBy.Count.CompareTo(right.BlockedBy.Count),
            SessionColumn.Application => string.CompareOrdinal(left.Application, right.Application),
            SessionColumn.User => string.CompareOrdinal(left.User, right.User),
            SessionColumn.Database => string.CompareOrdinal(left.Database, right.Database),
            SessionColumn.Client => string.CompareOrdinal(left.Client, right.Client),
            _ => 0,
        };
        return order != 0 ? (Descending ? -order : order) : left.Pid.CompareTo(right.Pid);
    }

    /// <summary>The earlier start first; none at all last.</summary>
    private static int Start(DateTimeOffset? left, DateTimeOffset? right) => (left ?? DateTimeOffset.MaxValue).CompareTo(right ?? DateTimeOffset.MaxValue);
}
