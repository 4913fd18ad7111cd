using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Tables, indexes, sequences and statements: the largest alone have series of their own, and how many have none is told.</summary>
internal static class ShapeMetrics
{
    private static readonly (string Name, string Help, Func<DatabaseTable, double?> Of)[] Counters =
    [
        ("seq_scan", "Sequential scans.", table => table.SequentialScans),
        ("seq_tup_read", "Rows read by sequential scans.", table => table.SequentialRows),
        ("idx_scan", "Index scans.", table => table.IndexScans),
        ("n_tup_ins", "Rows inserted.", table => table.Inserted),
        ("n_tup_upd", "Rows updated.", table => table.Updated),
        ("n_tup_hot_upd", "Rows updated without a change to an index.", table => table.HotUpdated),
        ("n_tup_del", "Rows deleted.", table => table.Deleted),
        ("vacuum_count", "Times vacuumed by hand.", table => table.Vacuums),
        ("autovacuum_count", "Times vacuumed by autovacuum.", table => table.Autovacuums),
        ("analyze_count", "Times analyzed by hand.", table => table.Analyzes),
        ("autoanalyze_count", "Times analyzed by autovacuum.", table => table.Autoanalyzes),
    ];

    /// <summary>Writes them down.</summary>
    public static void Write(EnvironmentSheet sheet, EnvironmentSnapshot snapshot, MetricsOptions options)
    {
        var database = snapshot.Capabilities?.Database ?? "";
        if (snapshot.Slow.Of(TableReader.Instance)?.Value is { } tables)
        {
            // Of a partitioned table its partitions have the figures.
            var all = tables.Tables.Where(table => table.Kind != TableKind.Partitioned).OrderByDescending(table => table.TotalBytes).ThenBy(table => table.Oid).ToList();
            all.Take(options.Objects).ToList().ForEach(table => Table(sheet, database, table));
            LeftOut(sheet, "table", all.Count - options.Objects);
        }

        if (snapshot.Slow.Of(IndexReader.Instance)?.Value is { } indexes)
        {
            var all = indexes.Indexes.Where(index => !index.IsPartitioned).OrderByDescending(index => index.Bytes).ThenBy(index => index.Oid).ToList();
            all.Take(options.Objects).ToList().ForEach(index => Index(sheet, database, index));
            LeftOut(sheet, "index", all.Count - options.Objects);
        }

        foreach (var sequence in snapshot.Slow.Of(SequenceReader.Instance)?.Value.Fullest.Take(options.Objects) ?? [])
        {
            sheet.Gauge("mnfst_admin_sequence_used_ratio", "How far the sequence is on its way to its end: 1 is the end.", sequence.Percent / 100, ("datname", database), ("sequence", sequence.Name));
        }

        if (snapshot.Slow.Of(StatementsReader.Instance)?.Value is { Extension: not null } statements)
        {
            Statements(sheet, snapshot, statements, options);
        }
    }

    private static void Table(EnvironmentSheet sheet, string database, DatabaseTable table)
    {
        (string, string)[] labels = [("datname", database), ("schemaname", table.Schema), ("relname", table.Name)];
        foreach (var (name, help, of) in Counters)
        {
            sheet.Counter($"pg_stat_user_tables_{name}", help, of(table), labels);
        }

        sheet.Gauge("pg_stat_user_tables_n_live_tup", "Estimated rows.", table.LiveRows, labels);
        sheet.Gauge("pg_stat_user_tables_n_dead_tup", "Estimated dead rows.", table.DeadRows, labels);
        sheet.Gauge("pg_stat_user_tables_n_mod_since_analyze", "Rows changed since the last ANALYZE.", table.ModifiedSinceAnalyze, labels);
        sheet.Gauge("pg_stat_user_tables_table_size_bytes", "Size of the table with TOAST, without indexes.", table.TotalBytes - table.IndexBytes, labels);
        sheet.Gauge("pg_stat_user_tables_index_size_bytes", "Size of its indexes.", table.IndexBytes, labels);
        sheet.Gauge("mnfst_admin_table_frozen_age", "Transactions since the oldest row that is not frozen.", table.FrozenAge, labels);
    }

    private static void Index(EnvironmentSheet sheet, string database, DatabaseIndex index)
    {
        (string, string)[] labels = [("datname", database), ("schemaname", index.Schema), ("relname", index.Table), ("indexrelname", index.Name)];
        sheet.Counter("pg_stat_user_indexes_idx_scan", "Scans of the index.", index.Scans, labels);
        sheet.Counter("pg_stat_user_indexes_idx_tup_read", "Entries returned by scans.", index.TuplesRead, labels);
        sheet.Counter("pg_stat_user_indexes_idx_tup_fetch", "Live rows fetched by simple scans.", index.TuplesFetched, labels);
        sheet.Gauge("mnfst_admin_index_size_bytes", "Size of the index.", index.Bytes, labels);
        sheet.Gauge("mnfst_admin_index_valid", "Whether queries may use the index.", index.IsValid ? 1 : 0, labels);
    }

    private static void Statements(EnvironmentSheet sheet, EnvironmentSnapshot snapshot, StatementsReading reading, MetricsOptions options)
    {
        foreach (var statement in reading.Statements.OrderByDescending(statement => statement.ExecMs).Take(options.Statements))
        {
            var text = snapshot.StatementTexts.GetValueOrDefault(statement.Key);
            (string, string)[] labels =
            [
                ("user", text?.User ?? Oid(statement.Key.UserId)),
                ("datname", text?.Database ?? Oid(statement.Key.DatabaseId)),
                ("queryid", statement.Key.QueryId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("toplevel", statement.Key.TopLevel ? "t" : "f"),
            ];
            sheet.Counter("pg_stat_statements_calls_total", "How often the statement was executed.", statement.Calls, labels);
            sheet.Counter("pg_stat_statements_seconds_total", "Time spent on it.", statement.ExecMs / 1000, labels);
            sheet.Counter("pg_stat_statements_rows_total", "Rows it returned or changed.", statement.Rows, labels);
        }

        LeftOut(sheet, "statement", reading.Statements.Count - options.Statements);
        if (reading.Hidden == 0)
        {
            sheet.Gauge(
                "mnfst_admin_slow_statements",
                "Statements whose mean is above one second.",
                reading.Statements.Count(statement => statement.Calls > 0 && statement.ExecMs / statement.Calls > Health.DatabaseHealthReading.SlowMean));
        }
    }

    private static string Oid(uint oid) => oid.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void LeftOut(EnvironmentSheet sheet, string kind, int count) =>
        sheet.Gauge("mnfst_admin_series_left_out", "Objects that are too many to have series of their own.", Math.Max(0, count), ("kind", kind));
}
