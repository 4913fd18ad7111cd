using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live;

/// <summary>How many sessions are in which state. The dashboard's own are apart: every other count leaves them out.</summary>
/// <param name="Active">Executing, and not stopped by a lock.</param>
/// <param name="WaitingOnLock">Stopped by another session's lock.</param>
/// <param name="Idle">Waiting for a command.</param>
/// <param name="IdleInTransaction">In a transaction, executing nothing.</param>
/// <param name="Aborted">In a failed transaction.</param>
/// <param name="Other">Fast path, starting, or not tracked.</param>
/// <param name="Hidden">The watching role may not see their state.</param>
/// <param name="Dashboard">This dashboard's own.</param>
public sealed record SessionCounts(int Active, int WaitingOnLock, int Idle, int IdleInTransaction, int Aborted, int Other, int Hidden, int Dashboard)
{
    /// <summary>Connection slots taken, the dashboard's own included.</summary>
    public int Total => Active + WaitingOnLock + Idle + IdleInTransaction + Aborted + Other + Hidden + Dashboard;

    /// <summary>Counts <paramref name="sessions"/>; each falls into exactly one count.</summary>
    public static SessionCounts Of(IReadOnlyList<Session> sessions)
    {
        int active = 0, waiting = 0, idle = 0, inTransaction = 0, aborted = 0, other = 0, hidden = 0, dashboard = 0;
        foreach (var session in sessions)
        {
            _ = session switch
            {
                { IsDashboard: true } => dashboard++,
                { State: SessionState.Hidden } => hidden++,
                { WaitsOnLock: true } => waiting++,
                { State: SessionState.Active } => active++,
                { State: SessionState.Idle } => idle++,
                { State: SessionState.IdleInTransaction } => inTransaction++,
                { State: SessionState.IdleInTransactionAborted } => aborted++,
                _ => other++,
            };
        }

        return new SessionCounts(active, waiting, idle, inTransaction, aborted, other, hidden, dashboard);
    }
}
