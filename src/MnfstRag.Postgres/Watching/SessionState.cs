namespace MnfstRag.Postgres.Watching;

/// <summary>
/// State of a session as <c>pg_stat_activity.state</c> has it (all supported versions, 14–18),
/// and <see cref="Hidden"/> where the server withholds it from the reading role.
/// </summary>
public enum SessionState
{
    /// <summary>The role may not see it (state is NULL for another role's client backend). Never to be counted as zero of anything.</summary>
    Hidden,

    /// <summary>Executing a query; it waits on a lock when <see cref="Session.WaitEventType"/> is <c>Lock</c>.</summary>
    Active,

    /// <summary>Waiting for a command, no transaction open.</summary>
    Idle,

    /// <summary>In a transaction, executing nothing: holds its locks and its snapshot.</summary>
    IdleInTransaction,

    /// <summary>As <see cref="IdleInTransaction"/>, after an error: only ROLLBACK will do.</summary>
    IdleInTransactionAborted,

    /// <summary>Executing a fast-path function.</summary>
    FastPath,

    /// <summary><c>track_activities</c> is off in that session.</summary>
    Disabled,

    /// <summary>Authenticating (PostgreSQL 18's <c>starting</c>).</summary>
    Starting,
}
