using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Says why a server refused a step. The server's own text is kept only where it cannot hold a row's values.</summary>
internal static class ServerWords
{
    public static string Of(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.LockNotAvailable => "A lock could not be had in time (55P03).",
        PostgresErrorCodes.DeadlockDetected => "Two sessions waited for each other, and the server ended this one's command (40P01).",
        PostgresErrorCodes.QueryCanceled => "The command was cancelled: by somebody else, or by a time limit of the server (57014).",
        PostgresErrorCodes.DiskFull => "The server's disk is full (53100). What the command had written is removed; make room first.",
        PostgresErrorCodes.OutOfMemory => "The server has no memory left for it (53200).",
        PostgresErrorCodes.InsufficientPrivilege => $"The role may not do that (42501): {refused.MessageText}.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The server is a standby, or read-only (25006).",
        PostgresErrorCodes.ActiveSqlTransaction => "The command was sent inside a transaction (25001): a pooler stands in between.",
        PostgresErrorCodes.UniqueViolation => "Two rows have the same key: a unique index cannot be built (23505).",
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.NotNullViolation => $"A row does not keep the constraint ({refused.SqlState}).",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedObject => $"It is no longer there ({refused.SqlState}).",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => $"The session was ended, or the server is stopping ({refused.SqlState}).",
        // A data exception repeats the value: it may be anybody's.
        ['2', '2', ..] => $"A value in the table makes an expression of the index fail ({refused.SqlState}).",
        _ => $"The server refused ({refused.SqlState}): {refused.MessageText}.",
    };

    /// <summary>A lock was in the way: worth another try.</summary>
    public static bool IsLock(PostgresException refused) => refused.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The session itself is gone, not only its command.</summary>
    public static bool EndsSession(PostgresException refused) => refused.InvariantSeverity is "FATAL" or "PANIC";
}
