using System.Globalization;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;
using NpgsqlTypes;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Adds to the books of a step how much of its relations is empty: measured by pgstattuple where that is in the database, may be called, and the relation is small
/// enough to be read through; else reckoned from statistics as <see cref="BloatReader"/> does, with its bounds.
/// </summary>
internal static class StepBloat
{
    /// <summary>Largest relation that is read through for it: 256 MB.</summary>
    private const long MostMeasured = 256L * 1024 * 1024;

    private const string Locked = """
        SELECT l.relation FROM pg_catalog.pg_locks AS l
        WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.granted AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
        """;

    // Live rows are counted anew by every VACUUM and ANALYZE, and go on from there; after a reset of statistics they are worth nothing until the next.
    private const string Relations = $"""
            (SELECT c.oid, c.relname, n.nspname, {Pages} AS relpages, {Rows} AS reltuples, c.reloptions, false AS tree, true AS distinct_keys, NULL::int2vector AS keys, NULL::name AS tablename
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.oid = $1 AND c.relkind IN ('r', 'm') AND c.oid NOT IN ({Locked}))
            UNION ALL
            (SELECT c.oid, c.relname, n.nspname, {Pages}, CASE WHEN i.indpred IS NULL THEN t.rows ELSE c.reltuples END, c.reloptions, true, i.indisunique, i.indkey, t.relname
            FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
            JOIN (SELECT c.oid, c.relname, {Rows} AS rows FROM pg_catalog.pg_class AS c WHERE c.oid = $1) AS t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
            WHERE c.relkind = 'i' AND m.amname = 'btree' AND i.indisvalid AND c.oid NOT IN ({Locked}) AND t.oid NOT IN ({Locked}))
        """;

    private const string Pages = "(pg_relation_size(c.oid) / current_setting('block_size')::int8)::int4";

    private const string Rows = """
        CASE WHEN coalesce(pg_stat_get_last_vacuum_time(c.oid), pg_stat_get_last_autovacuum_time(c.oid), pg_stat_get_last_analyze_time(c.oid), pg_stat_get_last_autoanalyze_time(c.oid)) IS NOT NULL
            THEN pg_stat_get_live_tuples(c.oid)::float4 ELSE c.reltuples END
        """;

    private const string Extension = """
        SELECT /* mnfst-admin:maintenance */ n.nspname::text
        FROM pg_catalog.pg_extension AS e
        JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
        WHERE e.extname = 'pgstattuple' AND has_schema_privilege(n.oid, 'USAGE')
          AND (SELECT bool_and(has_function_privilege(p.oid, 'EXECUTE')) FROM pg_catalog.pg_proc AS p WHERE p.pronamespace = n.oid AND p.proname IN ('pgstattuple_approx', 'pgstatindex'))
        """;

    /// <summary>The books with it; as they are where it is not known, which is no fault of the step.</summary>
    public static async Task<StepBaseline> AddAsync(NpgsqlConnection connection, ServerReaderOptions options, MaintenanceStep step, int major, StepBaseline books, CancellationToken cancellationToken)
    {
        if (step.Table is not { } table || step.Kind is not (StepKind.Vacuum or StepKind.VacuumFull or StepKind.ReindexIndex or StepKind.ReindexTable))
        {
            return books;
        }

        try
        {
            var reckoned = await ReckonedAsync(connection, options, table, major, cancellationToken);
            var measured = await MeasuredAsync(connection, options, step, table, books, cancellationToken);
            EmptySpace? Of(uint oid) => measured.GetValueOrDefault(oid)
                ?? (reckoned.Estimates.GetValueOrDefault(oid) is { } estimate ? new EmptySpace(estimate.EmptyShare, estimate.LeastShare, estimate.MostShare, Measured: false) : null);
            return books with { Empty = Of(table), Indexes = [.. books.Indexes.Select(index => index with { Empty = Of(index.Oid) })] };
        }
        catch (PostgresException refused) when (!ServerWords.EndsSession(refused))
        {
            return books;
        }
    }

    /// <summary>" About 48 % of it was empty before, …"; empty where it is not known for both times.</summary>
    public static string Words(MaintenanceStep step, StepBaseline before, StepBaseline after)
    {
        var ofIndex = step.Kind == StepKind.ReindexIndex;
        return step.Kind is StepKind.Vacuum or StepKind.VacuumFull ? Words("the table", before.Empty, after.Empty)
            : ofIndex && Named(before, step) is { } was && Named(after, step) is { } now ? Words("it", was.Empty, now.Empty)
            : "";
    }

    private static string Words(string what, EmptySpace? before, EmptySpace? after) => before is null || after is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $" About {before.Share * 100:0} % of {what} was empty or dead before, {after.Share * 100:0} % is now ({Basis(before, after)}).");

    private static string Basis(EmptySpace before, EmptySpace after) => before.Measured && after.Measured ? "measured by pgstattuple" : string.Create(
        CultureInfo.InvariantCulture,
        $"reckoned from statistics: between {before.Least * 100:0} and {before.Most * 100:0} %, and between {after.Least * 100:0} and {after.Most * 100:0} %");

    private static IndexFacts? Named(StepBaseline books, MaintenanceStep step) =>
        books.Indexes.FirstOrDefault(index => (index.Schema, index.Name) == (step.Objects[0].Schema, step.Objects[0].Name));

    private static async Task<BloatReading> ReckonedAsync(NpgsqlConnection connection, ServerReaderOptions options, uint table, int major, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(connection, options, BloatReader.Statement(Relations), Oid(table));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await BloatReader.ReadAsync(rows, major, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<uint, EmptySpace>> MeasuredAsync(
        NpgsqlConnection connection, ServerReaderOptions options, MaintenanceStep step, uint table, StepBaseline books, CancellationToken cancellationToken)
    {
        Dictionary<uint, EmptySpace> found = [];
        if (await SchemaAsync(connection, options, cancellationToken) is not { } schema)
        {
            return found;
        }

        try
        {
            if (step.Kind is StepKind.Vacuum or StepKind.VacuumFull && books.TableBytes is > 0 and <= MostMeasured)
            {
                await AddAsync(found, table, $"SELECT /* mnfst-admin:maintenance */ (s.approx_free_percent + s.dead_tuple_percent)::float8 / 100 FROM {SqlName.Of(schema, "pgstattuple_approx")}($1::oid::regclass) AS s", connection, options, cancellationToken);
            }

            foreach (var index in books.Indexes.Where(index => index is { IsValid: true, Bytes: > 0 and <= MostMeasured } && Concerned(step, index)))
            {
                // A leaf page is left free by the fill factor on purpose.
                await AddAsync(
                    found,
                    index.Oid,
                    $"""
                    SELECT /* mnfst-admin:maintenance */ 1 - s.avg_leaf_density / coalesce((SELECT o.option_value::float8 FROM pg_catalog.pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'fillfactor'), 90)
                    FROM pg_catalog.pg_class AS c
                    JOIN pg_catalog.pg_am AS m ON m.oid = c.relam AND m.amname = 'btree'
                    CROSS JOIN LATERAL {SqlName.Of(schema, "pgstatindex")}(c.oid::regclass) AS s
                    WHERE c.oid = $1
                    """,
                    connection,
                    options,
                    cancellationToken);
            }
        }
        catch (PostgresException refused) when (!ServerWords.EndsSession(refused))
        {
            // A time limit, or a lock that somebody took meanwhile: what is not measured is reckoned.
        }

        return found;
    }

    private static bool Concerned(MaintenanceStep step, IndexFacts index) => step.Kind switch
    {
        StepKind.ReindexIndex => (index.Schema, index.Name) == (step.Objects[0].Schema, step.Objects[0].Name),
        StepKind.ReindexTable => true,
        _ => false,
    };

    private static async Task AddAsync(Dictionary<uint, EmptySpace> found, uint oid, string statement, NpgsqlConnection connection, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(connection, options, statement, Oid(oid));
        await using var rows = await query.ExecuteAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0) && rows.GetDouble(0) is var share && double.IsFinite(share))
        {
            var within = Math.Clamp(share, 0, 1);
            found[oid] = new EmptySpace(within, within, within, Measured: true);
        }
    }

    private static async Task<string?> SchemaAsync(NpgsqlConnection connection, ServerReaderOptions options, CancellationToken cancellationToken)
    {
        await using var query = new BoundedQuery(connection, options, Extension);
        await using var rows = await query.ExecuteAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? rows.GetString(0) : null;
    }

    private static NpgsqlParameter Oid(uint oid) => new() { Value = oid, NpgsqlDbType = NpgsqlDbType.Oid };
}
