using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>What runs out, and who holds vacuum back.</summary>
public sealed class HorizonReadersTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Ages_are_those_of_the_catalog_and_reading_them_uses_up_no_id(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await using var asker = await watched.OpenAsync("asker");

        var before = await asker.RowsAsync("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::int8, max(age(datfrozenxid))::int8 FROM pg_database");
        var reading = await watched.ReadAsync(AgesReader.Instance);
        var again = await watched.ReadAsync(AgesReader.Instance);
        var after = await asker.RowsAsync("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::int8, max(age(datfrozenxid))::int8 FROM pg_database");

        Assert.InRange(reading.NextTransaction, (long)before[0][0]!, (long)after[0][0]!);
        Assert.InRange(reading.Databases[0].Transactions, (long)before[0][1]!, (long)after[0][1]!);
        Assert.Contains(reading.Databases, database => database.Database == watched.Database.Name && database.Transactions >= 0);
        Assert.Equal(200_000_000, reading.FreezeMaxAge);
        Assert.True(again.NextTransaction >= reading.NextTransaction);
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task An_open_transaction_and_a_slot_are_named_with_their_age(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var holder = await watched.OpenAsync("the-holder");
        await holder.RunAsync("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
        await using var writer = await watched.OpenAsync("writer");
        for (var i = 0; i < 20; i++)
        {
            await writer.RunAsync("SELECT pg_current_xact_id()");
        }

        var reading = await watched.ReadAsync(HorizonReader.Instance);

        var found = reading.Holders.Single(one => one.Name.StartsWith("the-holder of ", StringComparison.Ordinal) && one.Pid == holder.ProcessID);
        Assert.Equal((HorizonHolderKind.Session, watched.Database.Name, true), (found.Kind, found.Database, found.Age >= 20));
        Assert.Equal(kind != WatchingRole.Bare, found.Since is not null);
        Assert.DoesNotContain(reading.Holders, one => one.Name.StartsWith("mnfst-rag-admin", StringComparison.Ordinal) && one.Pid == found.Pid);

        var finding = Assert.Single(HorizonRules.Holders(reading, new HorizonThresholds { Held = 20 }), one => one.Object == found.Name);
        Assert.Equal((FindingLevel.Notice, null), (finding.Level, finding.Sql));
        await holder.RunAsync("ROLLBACK");
        Assert.DoesNotContain((await watched.ReadAsync(HorizonReader.Instance)).Holders, one => one.Pid == holder.ProcessID);
    }

    [Theory, ClassData(typeof(MnfstRag.Testing.PostgresVersions))]
    public async Task Prepared_transactions_and_logical_slots_are_held_against_their_owners_and_the_cures_work(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_prepared_transactions"] = "5", ["wal_level"] = "logical" });
        await using var watched = await Watched.StartAsync(server);
        // The slot first: making one waits for every older transaction, a prepared one too.
        await watched.Database.ExecuteAsync("SELECT pg_create_logical_replication_slot('reads_nothing', 'test_decoding')");
        await using (var session = await watched.OpenAsync("preparer"))
        {
            await session.RunAsync("CREATE TABLE t (id int)");
            await session.RunAsync("BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'it''s \\ left'");
        }

        for (var i = 0; i < 10; i++)
        {
            await watched.Database.ExecuteAsync("SELECT pg_current_xact_id()");
        }

        var reading = await watched.ReadAsync(HorizonReader.Instance);
        var findings = HorizonRules.Holders(reading, new HorizonThresholds { Held = 5 }).Where(finding => finding.Sql is not null).ToDictionary(finding => finding.Rule, StringComparer.Ordinal);

        Assert.Equal(["horizon.prepared", "horizon.slot"], findings.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("catalog row", findings["horizon.slot"].Evidence, StringComparison.Ordinal);
        await using var mender = await watched.OpenAsync("mender");
        foreach (var finding in findings.Values)
        {
            await mender.RunAsync(finding.Sql!);
        }

        Assert.DoesNotContain((await watched.ReadAsync(HorizonReader.Instance)).Holders, one => one.Kind is HorizonHolderKind.Prepared or HorizonHolderKind.Slot);
    }

    [Fact]
    public void A_forgotten_prepared_transaction_is_told_however_young_its_id()
    {
        var now = new DateTimeOffset(2026, 11, 23, 3, 12, 0, TimeSpan.Zero);
        var reading = new HorizonReading(now, [new(HorizonHolderKind.Prepared, "gid", 3, now.AddMinutes(-16), "db"), new(HorizonHolderKind.Prepared, "young", 3, now.AddMinutes(-14), "db"), new(HorizonHolderKind.Session, "s", 999_999, now, "db", 1)]);

        Assert.Equal(("horizon.prepared:gid", FindingLevel.Warning), Assert.Single(HorizonRules.Holders(reading, new HorizonThresholds()).Select(finding => (finding.Key, finding.Level))));
    }

    [Fact]
    public void Databases_and_sequences_are_told_at_their_shares()
    {
        var ages = new AgesReading(default, 1, 200_000_000, [new("half", 1_073_000_000, 0), new("three quarters", 0, 1_610_000_000), new("young", 1_000_000_000, 5)]);
        var sequences = new SequenceReading(3, 0, [new("public.a", null, 90, 100, 90), new("public.b", "public.t.id (integer)", 75, 100, 75), new("public.c", null, 74, 100, 74.9)]);

        Assert.Equal([("wraparound.database:half", FindingLevel.Warning), ("wraparound.database:three quarters", FindingLevel.Critical)], HorizonRules.Ages(ages).Select(finding => (finding.Key, finding.Level)));
        Assert.Equal([("sequence.end:public.a", FindingLevel.Critical), ("sequence.end:public.b", FindingLevel.Warning)], HorizonRules.Sequences(sequences, new HorizonThresholds()).Select(finding => (finding.Key, finding.Level)));
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Sequences_end_with_their_column_and_hidden_ones_are_counted(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await watched.Database.ExecuteAsync(
            """
            CREATE SEQUENCE "Big ""one";
            CREATE TABLE t (id int DEFAULT nextval('"Big ""one"'));
            ALTER SEQUENCE "Big ""one" OWNED BY t.id;
            SELECT setval('"Big ""one"', 1932735282);
            """);

        var reading = await watched.ReadAsync(SequenceReader.Instance);

        if (kind == WatchingRole.Superuser)
        {
            var one = Assert.Single(reading.Fullest);
            Assert.Equal(("public.\"Big \"\"one\"", "public.t.id (integer)", 1932735282L, 2147483647L, 90.0), (one.Name, one.Column, one.Last, one.Limit, Math.Round(one.Percent, 1)));
            Assert.Null(Assert.Single(HorizonRules.Sequences(reading, new HorizonThresholds())).Sql);
            await watched.Database.ExecuteAsync("CREATE SEQUENCE alone AS int; SELECT setval('alone', 2000000000)");
            var alone = HorizonRules.Sequences(await watched.ReadAsync(SequenceReader.Instance), new HorizonThresholds()).Single(finding => finding.Object == "public.alone");
            await watched.Database.ExecuteAsync(alone.Sql!);
            Assert.DoesNotContain(HorizonRules.Sequences(await watched.ReadAsync(SequenceReader.Instance), new HorizonThresholds()), finding => finding.Object == "public.alone" && finding.Level == FindingLevel.Critical);
        }
        else
        {
            Assert.Equal((1L, 1L, 0), (reading.Total, reading.Hidden, reading.Fullest.Count));
        }
    }

    [Fact]
    public async Task What_is_truly_empty_lies_between_the_bounds_of_the_estimate()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await using var session = await watched.OpenAsync("maker");
        await session.RunAsync("CREATE TABLE doubles (note text, m int, flag bool, at timestamptz) WITH (autovacuum_enabled = off)");
        await session.RunAsync("INSERT INTO doubles SELECT repeat('y', 9), g % 4, true, now() FROM generate_series(1, 240000) g; CREATE INDEX few ON doubles (m)");
        await session.RunAsync("VACUUM ANALYZE doubles");
        var oids = (await session.RowsAsync("SELECT relname::text, oid FROM pg_class WHERE relname IN ('doubles', 'few')")).ToDictionary(row => (string)row[0]!, row => (uint)row[1]!, StringComparer.Ordinal);

        var full = await watched.ReadAsync(BloatReader.Instance);
        Within(full.Estimates[oids["few"]], 0);
        Within(full.Estimates[oids["doubles"]], 0);

        await session.RunAsync("DELETE FROM doubles WHERE ctid IN (SELECT ctid FROM doubles WHERE random() < 0.75)");
        await session.RunAsync("VACUUM ANALYZE doubles");
        var emptied = await watched.ReadAsync(BloatReader.Instance);
        Within(emptied.Estimates[oids["few"]], 0.75);
        Within(emptied.Estimates[oids["doubles"]], 0.75);

        static void Within(BloatEstimate estimate, double truth)
        {
            Assert.InRange(truth, estimate.LeastShare - 0.03, estimate.MostShare + 0.03);
            Assert.InRange(estimate.EmptyShare, estimate.LeastShare, estimate.MostShare);
        }
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Empty_space_is_reckoned_where_widths_are_known_and_told_unknown_where_not(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await using var session = await watched.OpenAsync("maker");
        await session.RunAsync("CREATE TABLE fixed (id uuid PRIMARY KEY, n int) WITH (autovacuum_enabled = off); CREATE TABLE texts (body text) WITH (autovacuum_enabled = off)");
        await session.RunAsync("INSERT INTO fixed SELECT gen_random_uuid(), g FROM generate_series(1, 60000) g; INSERT INTO texts SELECT repeat('x', 100) FROM generate_series(1, 20000) g; CREATE UNIQUE INDEX dense ON fixed (id)");
        await session.RunAsync("VACUUM ANALYZE fixed");
        await session.RunAsync("VACUUM ANALYZE texts");

        var oids = (await session.RowsAsync("SELECT relname::text, oid FROM pg_class WHERE relname IN ('fixed', 'fixed_pkey', 'dense', 'texts')")).ToDictionary(row => (string)row[0]!, row => (uint)row[1]!, StringComparer.Ordinal);
        var full = await watched.ReadAsync(BloatReader.Instance);
        await session.RunAsync("DELETE FROM fixed WHERE n % 4 <> 0");
        await session.RunAsync("VACUUM ANALYZE fixed");
        var emptied = await watched.ReadAsync(BloatReader.Instance);

        Assert.InRange(full.Estimates[oids["fixed"]].EmptyShare, 0, 0.05);
        Assert.InRange(full.Estimates[oids["dense"]].EmptyShare, 0, 0.1);
        Assert.InRange(full.Estimates[oids["fixed_pkey"]].EmptyShare, 0.1, 0.45);
        Assert.InRange(emptied.Estimates[oids["fixed"]].EmptyShare, 0.7, 0.8);
        Assert.InRange(emptied.Estimates[oids["dense"]].EmptyShare, 0.65, 0.8);
        Assert.Equal(kind == WatchingRole.Superuser, full.Estimates.ContainsKey(oids["texts"]));
        Assert.Equal(kind == WatchingRole.Superuser ? 0 : 1, full.Unknown);
        Assert.True(!full.Estimates.TryGetValue(oids["texts"], out var texts) || texts.EmptyShare < 0.1);
    }
}
