using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads <see cref="Activity"/> from <c>pg_stat_activity</c> (14–18). Blockers are not asked for here, because
/// <c>pg_blocking_pids</c> stops the lock manager for a moment: <see cref="Activity.With"/> adds them from the lock forest.
/// A role without pg_read_all_stats cannot tell another role's parallel workers from its sessions: they count as hidden.
/// </summary>
public sealed class ActivityReader : IReader<Activity>
{
    /// <summary>The one instance.</summary>
    public static ActivityReader Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "activity";

    /// <inheritdoc/>
    public string Sql(Capabilities server) => Statement;

    // The clock is read per row because the first row comes after the snapshot was taken: no session can seem to be in the future.
    private const string Statement = $"""
        SELECT
        {SessionColumns.List},
            clock_timestamp()
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.backend_type = 'client backend'
            OR a.wait_event_type = 'Lock'
            OR (a.backend_type IS NULL AND a.datid IS NOT NULL AND a.usesysid IS NOT NULL)
        """;

    /// <inheritdoc/>
    public async Task<Activity> ReadAsync(NpgsqlDataReader rows, Capabilities server, CancellationToken cancellationToken)
    {
        var sessions = new List<Session>();
        var serverTime = DateTimeOffset.MinValue;
        var mayWait = false;
        while (await rows.ReadAsync(cancellationToken))
        {
            if (serverTime == DateTimeOffset.MinValue)
            {
                serverTime = rows.GetFieldValue<DateTimeOffset>(SessionColumns.Count);
            }

            var session = SessionColumns.Read(rows, server);
            mayWait |= session.State == SessionState.Hidden || session.WaitEventType == "Lock";
            // Autovacuum and the like come only when they wait on a lock: the forest wants to know, the list of sessions does not.
            if (session.BackendType is null)
            {
                sessions.Add(session);
            }
        }

        sessions.Sort((one, other) => one.Pid.CompareTo(other.Pid));
        return new Activity(serverTime, sessions) { MayWaitOnLocks = mayWait };
    }
}
