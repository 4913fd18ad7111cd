using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Watching;

public sealed class IndexReaderTests
{
    // An autovacuum between a reading and its comparison would move pending entries of a GIN index into its tree.
    private const string Tables = """"
        CREATE SCHEMA "Sch""ema";
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE TABLE "Sch""ema"."Mixed Case" ("Id" int PRIMARY KEY, "order" text COLLATE "C", "اسم" text, kind mood);
        CREATE INDEX "Ünï ""x""" ON "Sch""ema"."Mixed Case" ("order" DESC, "اسم" NULLS FIRST);
        CREATE INDEX plain_c ON "Sch""ema"."Mixed Case" ("order" COLLATE "en-x-icu", "Id" DESC NULLS LAST);
        CREATE TABLE t (
            id bigint GENERATED ALWAYS AS IDENTITY, a int, b text, c varchar(10), d timestamptz, e int[], f tsvector, g inet, r int4range,
            CONSTRAINT t_pk PRIMARY KEY (id) INCLUDE (a), CONSTRAINT t_ab UNIQUE (a, b) DEFERRABLE, CONSTRAINT t_ex EXCLUDE USING gist (r WITH &&)) WITH (autovacuum_enabled = off);
        ALTER TABLE t DROP COLUMN g;
        CREATE INDEX t_expr ON t (lower(b), (a + 1) DESC, c varchar_pattern_ops) WHERE a > 3 AND b IS NOT NULL;
        CREATE INDEX t_fts ON t USING gin (to_tsvector('english', b));
        CREATE INDEX t_arr ON t USING gin (e) WITH (fastupdate = off);
        CREATE INDEX t_brin ON t USING brin (d) WITH (pages_per_range = 8, autosummarize = on);
        CREATE INDEX t_hash ON t USING hash (c);
        CREATE INDEX a234567890123456789012345678901234567890123456789012345678901x3 ON t (b, a) INCLUDE (c, d) WITH (fillfactor = 70);
        CREATE TABLE parts (id int, at date) PARTITION BY RANGE (id);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
        CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
        CREATE TABLE parts_2a PARTITION OF parts_2 FOR VALUES FROM (100) TO (150);
        CREATE INDEX parts_id ON parts (id);
        CREATE UNLOGGED TABLE u (x int UNIQUE);
        CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
        CREATE INDEX mv_one ON mv (one);
        CREATE TEMPORARY TABLE mine (id int PRIMARY KEY);
        INSERT INTO t (a, b, d) SELECT i, 'b' || i, now() FROM generate_series(1, 1000) AS i;
        INSERT INTO parts SELECT i, now() FROM generate_series(0, 149) AS i;
        ANALYZE;
        """";

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Every_index_is_what_the_catalog_says(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var session = await watched.OpenAsync();
        await session.RunAsync(Tables);
        await session.RunAsync("SET enable_seqscan = off; SELECT * FROM t WHERE id = 7; SELECT * FROM parts WHERE id = 7; SELECT * FROM parts WHERE id = 107;");
        await session.CloseAsync();

        var reading = await watched.ReadUntilAsync(IndexReader.Instance, one => one.Indexes.Single(index => index.Name == "parts_id").Scans == 2);

        await using var asker = await watched.OpenAsync("asker");
        var expected = await asker.RowsAsync("""
            SELECT s.schemaname, s.relname, s.indexrelname, pg_get_indexdef(s.indexrelid), pg_relation_size(s.indexrelid), s.idx_scan, s.idx_tup_read,
                s.idx_tup_fetch, x.conname, i.indisunique, i.indisprimary
            FROM pg_stat_user_indexes AS s JOIN pg_index AS i USING (indexrelid) LEFT JOIN pg_constraint AS x ON x.conindid = indexrelid AND contype IN ('p', 'u', 'x')
            WHERE s.schemaname NOT LIKE 'pg_temp%'
            ORDER BY s.schemaname COLLATE "C", s.indexrelname COLLATE "C"
            """);
        Assert.True(expected.Count > 15);
        Assert.Equal(
            string.Join('\n', expected.Select(row => string.Join(" | ", row))),
            string.Join('\n', reading.Indexes.Where(index => !index.IsPartitioned)
                .OrderBy(index => index.Schema, StringComparer.Ordinal).ThenBy(index => index.Name, StringComparer.Ordinal)
                .Select(index => string.Join(" | ", (object?[])
                [
                    index.Schema, index.Table, index.Name, index.Definition, index.Bytes, index.Scans, index.TuplesRead,
                    index.TuplesFetched, index.Constraint, index.IsUnique, index.IsPrimary,
                ]))));
        Assert.True(reading.AllMeasured);
        Assert.All(reading.Indexes, index => Assert.True(index is { IsValid: true, IsReady: true, IsLive: true, IsBeingBuilt: false }));
        Assert.Equal(major >= 16, reading.Indexes.Single(index => index.Name == "t_pk").LastScan is not null);
        Assert.Equal(1000, reading.Indexes.Single(index => index.Name == "t_pk").TableRows);
        Assert.True(reading.Indexes.Single(index => index.Name == "t_ab").IsDeferrable);
        Assert.True(reading.Indexes.Single(index => index.Name == "t_ex").IsExclusion);
        Assert.Equal((0, 0), (reading.LeftOut, reading.Replicas!.Value));
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task A_partitioned_index_has_the_sum_of_its_children_through_every_level(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync(Tables);

        var indexes = (await watched.ReadAsync(IndexReader.Instance)).Indexes;

        var parent = indexes.Single(index => index.Name == "parts_id");
        var leaves = indexes.Where(index => index.Name is "parts_1_id_idx" or "parts_2a_id_idx").ToList();
        Assert.Equal((true, 2, leaves.Sum(leaf => leaf.Bytes), 150.0), (parent.IsPartitioned, parent.Partitions, parent.Bytes, parent.TableRows));
        Assert.Equal(await watched.Database.ScalarAsync<string>("SELECT pg_get_indexdef('parts_id'::regclass)"), parent.Definition);
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task A_locked_table_is_left_out_and_counted_and_holds_nobody_up(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        await watched.Database.ExecuteAsync("CREATE TABLE a (id int PRIMARY KEY, b text); CREATE INDEX a_low ON a (lower(b)) WHERE b > ''; CREATE TABLE z (id int PRIMARY KEY)");
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("BEGIN; LOCK TABLE a");

        var reading = await watched.ReadAsync(IndexReader.Instance);
        Assert.Equal(("z_pkey", 2), (Assert.Single(reading.Indexes).Name, reading.LeftOut));

        await holder.RunAsync("COMMIT");
        reading = await watched.ReadAsync(IndexReader.Instance);
        Assert.Equal((3, 0), (reading.Indexes.Length, reading.LeftOut));
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task An_index_that_is_being_built_says_so_and_what_is_left_of_it_does_not(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await watched.Database.ExecuteAsync("CREATE TABLE t (id int); INSERT INTO t SELECT 1 FROM generate_series(1, 10)");
        var holder = await watched.OpenAsync("holder");
        await holder.RunAsync("BEGIN; INSERT INTO t VALUES (1)");
        var builder = await watched.OpenAsync("builder");
        var build = builder.RunAsync("CREATE INDEX CONCURRENTLY t_id ON t (id)");

        var reading = await watched.ReadUntilAsync(IndexReader.Instance, one => one.Indexes.Length == 1);
        Assert.True(reading.Indexes[0] is { IsBeingBuilt: true, IsValid: false });

        await watched.Database.ExecuteAsync($"SELECT pg_cancel_backend({builder.ProcessID})");
        await Assert.ThrowsAsync<PostgresException>(() => build);
        reading = await watched.ReadAsync(IndexReader.Instance);
        Assert.True(reading.Indexes[0] is { IsBeingBuilt: false, IsValid: false });
    }

    [Fact]
    public async Task Names_are_quoted_as_the_server_quotes_them()
    {
        foreach (var major in MnfstRag.Testing.PostgresVersions.All)
        {
            await using var watched = await Watched.StartAsync(major);
            var asker = await watched.OpenAsync();
            var needed = await asker.RowsAsync("SELECT word FROM pg_get_keywords() WHERE quote_ident(word) <> word");
            Assert.All(needed, row => Assert.Equal($"\"{row[0]}\"", SqlName.Of((string)row[0]!)));
            var odd = await asker.RowsAsync("""SELECT w, quote_ident(w) FROM unnest(ARRAY['a', 'a_1', '_', 'A', '1a', 'a b', 'a"b', 'ä', 'a$', 'documents', 'user', '', 'abort']) AS w""");
            Assert.All(odd, row => Assert.Equal(row[1], SqlName.Of((string)row[0]!)));
        }
    }
}
