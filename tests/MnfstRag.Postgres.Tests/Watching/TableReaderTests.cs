using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class TableReaderTests
{
    private const string Tables = """
        CREATE TABLE "Mixed ""Case" (id int PRIMARY KEY, body text);
        CREATE TABLE own (id int) WITH (autovacuum_enabled = off, autovacuum_vacuum_threshold = 7, autovacuum_vacuum_scale_factor = 0.01,
            autovacuum_analyze_scale_factor = 0.02, autovacuum_freeze_max_age = 150000000, toast.autovacuum_enabled = off);
        CREATE UNLOGGED TABLE fleeting (id int);
        CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
        CREATE TABLE parts (id int) PARTITION BY RANGE (id);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
        CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (100) TO (200);
        CREATE TEMPORARY TABLE mine (id int);
        ALTER TABLE "Mixed ""Case" ALTER COLUMN body SET STORAGE EXTERNAL;
        INSERT INTO "Mixed ""Case" SELECT i, repeat('x', 4000) FROM generate_series(1, 200) AS i;
        DELETE FROM "Mixed ""Case" WHERE id > 150;
        INSERT INTO parts SELECT generate_series(0, 199);
        ANALYZE parts;
        VACUUM own;
        """;

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Every_table_is_what_the_catalog_says(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var session = await watched.OpenAsync();
        foreach (var statement in Tables.Split(";\n"))
        {
            await session.RunAsync(statement);
        }

        await session.CloseAsync();
        await watched.ReadUntilAsync(TableReader.Instance, one => one.Tables.Single(table => table.Name == "parts_2").Inserted == 100);
        await using var asker = await watched.OpenAsync("asker");
        const string question = """
            SELECT s.schemaname, s.relname, pg_total_relation_size(s.relid), pg_relation_size(s.relid), pg_indexes_size(s.relid),
                coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0), s.n_live_tup, s.n_dead_tup, s.n_mod_since_analyze, s.n_ins_since_vacuum,
                s.seq_scan, s.seq_tup_read, coalesce(s.idx_scan, 0), s.n_tup_ins, s.n_tup_upd, s.n_tup_del, s.vacuum_count, s.analyze_count,
                greatest(age(c.relfrozenxid), age(o.relfrozenxid))::int8, nullif(c.reltuples, -1)::float8
            FROM pg_stat_user_tables AS s JOIN pg_class AS c ON c.oid = s.relid LEFT JOIN pg_class AS o ON o.oid = c.reltoastrelid
            WHERE c.relkind <> 'p' AND s.schemaname NOT LIKE 'pg_temp%'
            ORDER BY s.relname COLLATE "C"
            """;

        // Ages grow with every transaction of the server, other tests' too: they lie between two looks at the catalog.
        var before = await asker.RowsAsync(question);
        var reading = await watched.ReadAsync(TableReader.Instance);
        var after = await asker.RowsAsync(question);
        Assert.Equal(6, after.Count);
        var read = reading.Tables.Where(table => table.Kind != TableKind.Partitioned).OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(
            after.Select(row => (object?[])[.. row[..18], row[19]]),
            read.Select(table => (object?[])
            [
                table.Schema, table.Name, table.TotalBytes, table.HeapBytes, table.IndexBytes, table.ToastBytes, table.LiveRows, table.DeadRows,
                table.ModifiedSinceAnalyze, table.InsertedSinceVacuum, table.SequentialScans, table.SequentialRows, table.IndexScans, table.Inserted,
                table.Updated, table.Deleted, table.Vacuums, table.Analyzes, table.PlannerRows,
            ]));
        Assert.All(read.Index(), one => Assert.InRange(one.Item.FrozenAge, (long)before[one.Index][18]!, (long)after[one.Index][18]!));
        Assert.True(reading.AllMeasured && reading.Autovacuum);

        var parent = reading.Tables.Single(table => table.Name == "parts");
        Assert.Equal((TableKind.Partitioned, 2, 200L, 200.0), (parent.Kind, parent.Partitions, parent.Inserted, parent.PlannerRows));
        Assert.Equal(reading.Tables.Where(table => table.Parent == parent.Oid).Sum(table => table.TotalBytes), parent.TotalBytes);
        Assert.True(reading.Tables.Single(table => table.Name == "fleeting").IsUnlogged);
        Assert.NotNull(reading.Tables.Single(table => table.Name == "own").VacuumedAt);
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task A_tables_own_autovacuum_settings_go_before_the_servers(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        foreach (var statement in Tables.Split(";\n"))
        {
            await watched.Database.ExecuteAsync(statement);
        }

        var tables = (await watched.ReadAsync(TableReader.Instance)).Tables;

        var own = tables.Single(table => table.Name == "own").Vacuuming;
        Assert.Equal((false, true, 7.0, 0.01, 0.02, 150_000_000L), (own.Enabled, own.HasOwn, own.VacuumThreshold, own.VacuumScale, own.AnalyzeScale, own.FreezeMaxAge));
        Assert.Equal(17, own.VacuumAt(1000));
        var ordinary = tables.Single(table => table.Name == "fleeting").Vacuuming;
        Assert.Equal((true, false, 50.0, 0.2, 1000.0, 200_000_000L), (ordinary.Enabled, ordinary.HasOwn, ordinary.VacuumThreshold, ordinary.VacuumScale, ordinary.InsertThreshold!.Value, ordinary.FreezeMaxAge));
        Assert.Equal(250, ordinary.VacuumAt(1000));
        Assert.Equal(major >= 18 ? 100_000_000 : 2_000_000_050, ordinary.VacuumAt(10_000_000_000));
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task A_table_under_an_exclusive_lock_of_any_part_is_left_out_and_counted(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync("CREATE TABLE a (id int); CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int)");
        var one = await watched.OpenAsync("holder");
        await one.RunAsync("BEGIN; LOCK TABLE a");
        var other = await watched.OpenAsync("holder");
        await other.RunAsync("BEGIN; REINDEX INDEX b_pkey");

        var reading = await watched.ReadAsync(TableReader.Instance);

        Assert.Equal(("c", 2), (Assert.Single(reading.Tables).Name, reading.LeftOut));
    }
}
