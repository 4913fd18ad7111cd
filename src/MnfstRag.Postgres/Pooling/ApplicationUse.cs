using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Pooling;

/// <summary>The application's sessions at the server (<c>pg_stat_activity</c>), told by their application_name; each falls into one count.</summary>
/// <param name="Active">Executing.</param>
/// <param name="WaitingOnLock">Stopped by another session's lock.</param>
/// <param name="IdleInTransaction">Transaction open, executing nothing.</param>
/// <param name="Aborted">In a failed transaction.</param>
/// <param name="Idle">Waiting for a command: free in the pool.</param>
/// <param name="Other">Starting, or not tracked.</param>
/// <param name="Stuck">Of those with an open transaction, how many have done nothing for at least <see cref="StuckAfter"/>.</param>
/// <param name="Others">Sessions of everybody else, in all databases: what takes slots from the application.</param>
/// <param name="Hidden">Sessions of everybody else whose application the watching role may not see: some may be the application's.</param>
/// <param name="Roles">Roles that the application's sessions use.</param>
public sealed record ApplicationUse(
    int Active, int WaitingOnLock, int IdleInTransaction, int Aborted, int Idle, int Other, int Stuck, int Others, int Hidden, IReadOnlyList<string> Roles)
{
    /// <summary>application_name of the product's backend.</summary>
    public const string Application = "mnfst-rag-backend";

    /// <summary>A transaction that does nothing this long is not between two statements.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(10);

    /// <summary>Connections that it has open.</summary>
    public int Open => Active + WaitingOnLock + IdleInTransaction + Aborted + Idle + Other;

    /// <summary>Counts.</summary>
    /// <param name="activity">All client sessions of the server.</param>
    /// <param name="database">The application's database; sessions of the same name in another belong to another environment. Null takes all.</param>
    public static ApplicationUse Of(Activity activity, string? database)
    {
        int active = 0, waiting = 0, open = 0, aborted = 0, idle = 0, other = 0, stuck = 0, others = 0, hidden = 0;
        HashSet<string> roles = new(StringComparer.Ordinal);
        foreach (var session in activity.Sessions)
        {
            if (session.Application != Application || (database is not null && session.Database != database))
            {
                others++;
                hidden += session is { IsDashboard: false, State: SessionState.Hidden } ? 1 : 0;
                continue;
            }

            if (session.User is { } user)
            {
                roles.Add(user);
            }

            _ = session switch
            {
                { WaitsOnLock: true } => waiting++,
                { State: SessionState.Active } => active++,
                { State: SessionState.IdleInTransaction } => open++,
                { State: SessionState.IdleInTransactionAborted } => aborted++,
                { State: SessionState.Idle } => idle++,
                _ => other++,
            };
            stuck += session is { State: SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted, StateChange: { } since } && activity.ServerTime - since >= StuckAfter ? 1 : 0;
        }

        return new(active, waiting, open, aborted, idle, other, stuck, others, hidden, [.. roles.Order(StringComparer.Ordinal)]);
    }
}
