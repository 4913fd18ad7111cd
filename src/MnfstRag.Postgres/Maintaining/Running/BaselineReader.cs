using System.Collections.Immutable;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Reads what the server's books say of a step's objects, in one round trip: before it is sent, and after it. From <c>pg_class</c>, <c>pg_index</c>
/// and the statistics functions (14–18).
/// </summary>
internal static class BaselineReader
{
    private const string Server = """
        SELECT /* mnfst-admin:maintenance */
            clock_timestamp(),
            pg_postmaster_start_time(),
            (SELECT s.stats_reset FROM pg_catalog.pg_stat_database AS s WHERE s.datname = current_database()),
            pg_is_in_recovery(),
            current_setting('track_counts')::bool
        """;

    private const string Locked = """
        SELECT l.relation
        FROM pg_catalog.pg_locks AS l
        WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.granted
          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
        """;

    private const string Table = $"""
        SELECT /* mnfst-admin:maintenance */
            CASE WHEN c.relkind IN ('r', 'm', 't') AND c.oid NOT IN ({Locked}) THEN pg_table_size(c.oid) END,
            c.reltuples::float8,
            pg_stat_get_dead_tuples(c.oid),
            c.relfilenode,
            pg_stat_get_last_vacuum_time(c.oid),
            pg_stat_get_vacuum_count(c.oid),
            pg_stat_get_last_analyze_time(c.oid),
            pg_stat_get_analyze_count(c.oid)
        FROM pg_catalog.pg_class AS m
        JOIN pg_catalog.pg_class AS c ON c.oid = CASE WHEN $2 THEN m.reltoastrelid ELSE m.oid END
        WHERE m.oid = $1
        """;

    // Indexes of the TOAST table too: REINDEX TABLE CONCURRENTLY rebuilds them and may leave halves of them.
    private const string Indexes = $"""
        SELECT /* mnfst-admin:maintenance */
            i.indexrelid,
            n.nspname::text,
            c.relname::text,
            i.indrelid,
            i.indisvalid,
            i.indisready,
            c.relfilenode,
            CASE WHEN c.relkind = 'i' AND i.indexrelid NOT IN ({Locked}) AND i.indrelid NOT IN ({Locked}) THEN pg_relation_size(i.indexrelid) END,
            (SELECT h.inhparent FROM pg_catalog.pg_inherits AS h WHERE h.inhrelid = i.indexrelid LIMIT 1)
        FROM pg_catalog.pg_index AS i
        JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE i.indrelid IN ($1, (SELECT t.reltoastrelid FROM pg_catalog.pg_class AS t WHERE t.oid = $1))
        ORDER BY c.relname
        """;

    /// <summary>Reads them.</summary>
    public static async Task<StepBooks> ReadAsync(NpgsqlConnection connection, ServerReaderOptions options, Ground ground, MaintenanceStep step, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(WatchSettings.TransactionSettings(options)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Server));
        batch.BatchCommands.Add(TargetResolver.Command(step.Objects));
        var table = OfTable(Table, step);
        table.Parameters.Add(new NpgsqlParameter { Value = step.Kind == StepKind.VacuumToast });
        batch.BatchCommands.Add(table);
        if (step.Kind != StepKind.Analyze)
        {
            batch.BatchCommands.Add(OfTable(Indexes, step));
        }

        if (StepFact.Command(step, ground) is { } fact)
        {
            batch.BatchCommands.Add(fact);
        }

        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var baseline = new StepBaseline
        {
            At = rows.GetFieldValue<DateTimeOffset>(0),
            SystemIdentifier = ground.SystemIdentifier,
            PostmasterStart = rows.GetFieldValue<DateTimeOffset>(1),
            StatsReset = rows.OptionalTime(2),
        };
        var (inRecovery, counts) = (rows.GetBoolean(3), rows.GetBoolean(4));
        await rows.NextResultAsync(cancellationToken);
        var resolved = await TargetResolver.ReadAsync(rows, step.Objects, cancellationToken);
        await rows.NextResultAsync(cancellationToken);
        baseline = await TableAsync(rows, baseline, cancellationToken);
        if (step.Kind != StepKind.Analyze)
        {
            await rows.NextResultAsync(cancellationToken);
            baseline = baseline with { Indexes = await IndexesAsync(rows, cancellationToken) };
        }

        if (await rows.NextResultAsync(cancellationToken) && await rows.ReadAsync(cancellationToken))
        {
            baseline = baseline with { Fact = rows.OptionalText(0), PendingRestart = rows.FieldCount > 1 && !rows.IsDBNull(1) && rows.GetBoolean(1) };
        }

        return new StepBooks(baseline, resolved.Values.FirstOrDefault(one => one.Fault is not null)?.Fault, inRecovery, counts);
    }

    private static NpgsqlBatchCommand OfTable(string statement, MaintenanceStep step)
    {
        var command = new NpgsqlBatchCommand(statement);
        command.Parameters.Add(new NpgsqlParameter { Value = step.Table ?? 0u, NpgsqlDbType = NpgsqlDbType.Oid });
        return command;
    }

    private static async Task<StepBaseline> TableAsync(NpgsqlDataReader rows, StepBaseline baseline, CancellationToken cancellationToken) =>
        !await rows.ReadAsync(cancellationToken) ? baseline : baseline with
        {
            TableBytes = rows.OptionalInt64(0),
            Rows = rows.GetDouble(1) is var planned and >= 0 ? planned : null,
            DeadRows = rows.GetInt64(2),
            File = rows.GetFieldValue<uint>(3),
            LastVacuum = rows.OptionalTime(4),
            Vacuums = rows.GetInt64(5),
            LastAnalyze = rows.OptionalTime(6),
            Analyzes = rows.GetInt64(7),
        };

    private static async Task<ImmutableArray<IndexFacts>> IndexesAsync(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<IndexFacts>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new IndexFacts(
                rows.GetFieldValue<uint>(0),
                rows.GetString(1),
                rows.GetString(2),
                rows.GetFieldValue<uint>(3),
                rows.GetBoolean(4),
                rows.GetBoolean(5),
                rows.GetFieldValue<uint>(6),
                rows.OptionalInt64(7),
                rows.IsDBNull(8) ? null : rows.GetFieldValue<uint>(8)));
        }

        return found.ToImmutable();
    }
}
