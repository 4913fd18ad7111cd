using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Reads <see cref="Ground"/> from settings, <c>pg_database</c>, <c>pg_stat_database</c> and <c>pg_stat_replication</c> (14–18).</summary>
internal static class GroundReader
{
    // On a standby the write position cannot be asked for (55000): it stands on the replayed one.
    private const string Statement = """
        SELECT /* mnfst-admin:maintenance */
            clock_timestamp(),
            current_setting('server_version_num')::int4,
            current_database()::text,
            current_user::text,
            (SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user),
            pg_is_in_recovery(),
            pg_postmaster_start_time(),
            pg_has_role(d.datdba, 'USAGE'),
            has_database_privilege(d.oid, 'CREATE'),
            s.stats_reset,
            current_setting('track_counts')::bool,
            (SELECT count(*) FROM pg_catalog.pg_stat_replication AS r)::int4,
            (SELECT max(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, r.replay_lsn))::int8
             FROM pg_catalog.pg_stat_replication AS r WHERE r.replay_lsn IS NOT NULL),
            coalesce(current_setting('allow_alter_system', true), 'on')::bool,
            pg_conf_load_time()
        FROM pg_catalog.pg_database AS d
        LEFT JOIN pg_catalog.pg_stat_database AS s ON s.datid = d.oid
        WHERE d.datname = current_database()
        """;

    public static async Task<Ground> ReadAsync(NpgsqlConnection connection, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        Ground ground;
        await using (var query = new BoundedQuery(connection, options, Statement))
        await using (var rows = await query.ExecuteAsync(cancellationToken))
        {
            await rows.ReadAsync(cancellationToken);
            ground = new Ground
            {
                At = rows.GetFieldValue<DateTimeOffset>(0),
                VersionNumber = rows.GetInt32(1),
                Database = rows.GetString(2),
                Role = rows.GetString(3),
                IsSuperuser = rows.GetBoolean(4),
                InRecovery = rows.GetBoolean(5),
                PostmasterStart = rows.GetFieldValue<DateTimeOffset>(6),
                OwnsDatabase = rows.GetBoolean(7),
                MayCreateInDatabase = rows.GetBoolean(8),
                StatsReset = rows.OptionalTime(9),
                CountsAreKept = rows.GetBoolean(10),
                Standbys = rows.GetInt32(11),
                LagBytes = rows.OptionalInt64(12),
                AllowsAlterSystem = rows.GetBoolean(13),
                ConfigurationLoaded = rows.GetFieldValue<DateTimeOffset>(14),
            };
        }

        return ground with { SystemIdentifier = await IdentityAsync(connection, options, cancellationToken) };
    }

    /// <summary>Null where a provider keeps it for itself.</summary>
    private static async Task<string?> IdentityAsync(NpgsqlConnection connection, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var query = new BoundedQuery(connection, options, "SELECT /* mnfst-admin:maintenance */ system_identifier::text FROM pg_catalog.pg_control_system()");
            await using var rows = await query.ExecuteAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken) ? rows.GetString(0) : null;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }
}
