using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Sorts sessions into <see cref="SessionGroup"/>; the same rule as the chart's counts.</summary>
public static class SessionGroups
{
    /// <summary>The one group of <paramref name="session"/>.</summary>
    public static SessionGroup Of(Session session) => session switch
    {
        { State: SessionState.Hidden } => SessionGroup.Hidden,
        { WaitsOnLock: true } => SessionGroup.Waiting,
        { State: SessionState.Active } => SessionGroup.Active,
        { State: SessionState.Idle } => SessionGroup.Idle,
        { State: SessionState.IdleInTransaction } => SessionGroup.IdleInTransaction,
        { State: SessionState.IdleInTransactionAborted } => SessionGroup.Aborted,
        _ => SessionGroup.Other,
    };

    /// <summary>As a person reads it.</summary>
    public static string Name(SessionGroup group) => group switch
    {
        SessionGroup.Active => "active",
        SessionGroup.Waiting => "waiting on a lock",
        SessionGroup.IdleInTransaction => "idle in transaction",
        SessionGroup.Aborted => "aborted",
        SessionGroup.Idle => "idle",
        SessionGroup.Hidden => "hidden",
        _ => "other",
    };

    /// <summary>As the URL has it.</summary>
    public static string Word(SessionGroup group) => Name(group).Replace(' ', '-');

    /// <summary>Reads <see cref="Word"/>; null for anything else.</summary>
    public static SessionGroup? Parse(string? word) => Enum.GetValues<SessionGroup>().Where(group => Word(group) == word).Select(group => (SessionGroup?)group).FirstOrDefault();
}
