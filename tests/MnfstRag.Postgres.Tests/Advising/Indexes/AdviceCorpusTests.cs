using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising.Indexes;

/// <summary>Prepared databases, each with a trap and what must be said of it, or silence.</summary>
public sealed class AdviceCorpusTests
{
    private const string Long = "n23456789012345678901234567890123456789012345678901234567890123";
    private const string Mixed = "Mixed \"Case";

    public static TheoryData<string, string, string> Corpus => new()
    {
        { "an empty database", "SELECT 1", "" },
        { "a primary key alone", "CREATE TABLE t (id int PRIMARY KEY)", "" },
        { "an index that repeats the primary key", "CREATE TABLE t (id int PRIMARY KEY); CREATE INDEX ix_t_id ON t (id)", "index.duplicate:public.ix_t_id" },
        { "a unique index that repeats the primary key", "CREATE TABLE t (id int PRIMARY KEY); CREATE UNIQUE INDEX ux ON t (id)", "index.duplicate:public.ux" },
        { "a unique constraint beside the primary key of other columns", "CREATE TABLE t (id int PRIMARY KEY, b int UNIQUE)", "" },
        { "a plain index beside a unique one of the same column", "CREATE TABLE t (a int); CREATE UNIQUE INDEX u ON t (a); CREATE INDEX i ON t (a)", "index.duplicate:public.i" },
        { "two equal indexes under names that sort", "CREATE TABLE t (a int); CREATE INDEX b_second ON t (a); CREATE INDEX a_first ON t (a)", "index.duplicate:public.b_second" },
        { "the beginning of another", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX ib ON t (a, b)", "index.covered:public.i" },
        { "the end of another is none", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b); CREATE INDEX ib ON t (a, b)", "" },
        { "a unique beginning enforces something of its own", "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX u ON t (a); CREATE INDEX ib ON t (a, b)", "" },
        { "another order is another index", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a DESC); CREATE INDEX ib ON t (a, b)", "" },
        { "nulls first is another order", "CREATE TABLE t (a int); CREATE INDEX i ON t (a NULLS FIRST); CREATE INDEX ib ON t (a)", "" },
        { "another operator class serves LIKE", "CREATE TABLE t (a text); CREATE INDEX i ON t (a); CREATE INDEX ip ON t (a text_pattern_ops)", "" },
        { "another collation sorts otherwise", "CREATE TABLE t (a text); CREATE INDEX i ON t (a); CREATE INDEX ic ON t (a COLLATE \"C\")", "" },
        { "another method", "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX ih ON t USING hash (a)", "" },
        { "an expression that looks alike", "CREATE TABLE t (a text); CREATE INDEX i ON t (lower(a)); CREATE INDEX iu ON t (upper(a))", "" },
        { "the same expression twice", "CREATE TABLE t (a text); CREATE INDEX i ON t (lower(a)); CREATE INDEX j ON t (lower(a))", "index.duplicate:public.j" },
        { "a partial index that looks alike", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a) WHERE b > 0; CREATE INDEX j ON t (a)", "" },
        { "the same partial index twice", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a) WHERE b > 0; CREATE INDEX j ON t (a) WHERE b > 0", "index.duplicate:public.j" },
        { "another treatment of nulls", "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a); CREATE UNIQUE INDEX j ON t (a) NULLS NOT DISTINCT", "" },
        { "what it includes the other lacks", "CREATE TABLE t (a int, b int, c int); CREATE INDEX i ON t (a) INCLUDE (c); CREATE INDEX j ON t (a, b)", "" },
        { "what it includes the other has", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a) INCLUDE (b); CREATE INDEX j ON t (a, b)", "index.covered:public.i" },
        { "the replica identity stays", "CREATE TABLE t (a int NOT NULL); CREATE UNIQUE INDEX b_identity ON t (a); CREATE UNIQUE INDEX a_other ON t (a); ALTER TABLE t REPLICA IDENTITY USING INDEX b_identity", "index.duplicate:public.a_other" },
        { "a deferrable constraint does not stand in for a unique index", "CREATE TABLE t (a int, CONSTRAINT d UNIQUE (a) DEFERRABLE); CREATE UNIQUE INDEX u ON t (a)", "index.duplicate:public.d" },
        { "an exclusion constraint is no duplicate", "CREATE TABLE t (r int4range, EXCLUDE USING gist (r WITH &&)); CREATE INDEX g ON t USING gist (r)", "index.duplicate:public.g" },
        { "a mixed-case name with a quote", $"CREATE TABLE \"{Mixed.Replace("\"", "\"\"", StringComparison.Ordinal)}\" (a int PRIMARY KEY); CREATE INDEX \"Ix\"\"\" ON \"{Mixed.Replace("\"", "\"\"", StringComparison.Ordinal)}\" (a)", "index.duplicate:public.\"Ix\"\"\"" },
        { "a name of 63 bytes", $"CREATE TABLE t (a int PRIMARY KEY); CREATE INDEX {Long} ON t (a)", $"index.duplicate:public.{Long}" },
        { "an Arabic name", "CREATE TABLE \"قاعدة\" (a int PRIMARY KEY); CREATE INDEX \"فهرس\" ON \"قاعدة\" (a)", "index.duplicate:public.\"فهرس\"" },
        { "a partitioned index that repeats its primary key is told once", "CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (9) TO (99); CREATE INDEX ip ON p (a)", "index.duplicate:public.ip" },
        { "a partitioned index that lacks a part", "CREATE TABLE p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9); CREATE INDEX ip ON ONLY p (b)", "index.incomplete:public.ip" },
        { "a foreign key without an index", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int CONSTRAINT b_a REFERENCES a)", "index.foreign-key:public.b.b_a" },
        { "a foreign key with an index", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a); CREATE INDEX i ON b (a_id, id)", "" },
        { "a partial index does not serve a foreign key", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int CONSTRAINT b_a REFERENCES a); CREATE INDEX i ON b (a_id) WHERE a_id > 5", "index.foreign-key:public.b.b_a" },
        { "an index in another order serves a foreign key of two columns", "CREATE TABLE a (x int, y int, PRIMARY KEY (x, y)); CREATE TABLE b (x int, y int, FOREIGN KEY (x, y) REFERENCES a); CREATE INDEX i ON b (y, x)", "" },
        { "an index behind another column does not serve it", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int CONSTRAINT b_a REFERENCES a); CREATE INDEX i ON b (id, a_id)", "index.foreign-key:public.b.b_a" },
        { "a foreign key in the primary key", "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a, n int, PRIMARY KEY (a_id, n))", "" },
        { "a unique index that a foreign key relies on is not dropped blindly", "CREATE TABLE a (id int PRIMARY KEY); ALTER TABLE a ADD CONSTRAINT again UNIQUE (id); CREATE TABLE b (a_id int PRIMARY KEY REFERENCES a (id))", "index.duplicate:public.again" },
        { "temporary tables are nobody's business", "CREATE TEMP TABLE t (a int PRIMARY KEY); CREATE INDEX i ON pg_temp.t (a)", "" },
        { "an unused index of unknown age", "CREATE TABLE t AS SELECT g AS a FROM generate_series(1, 500000) g; CREATE INDEX i ON t (a)", "" },
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task It_says_what_is_wrong_and_nothing_else(string about, string sql, string expected)
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync(sql);

        var findings = await FindAsync(watched);

        Assert.Equal($"{about}: {expected}", $"{about}: {string.Join('|', findings.Select(finding => finding.Key).Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public async Task What_a_failed_build_left_is_told_and_its_cure_works()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => watched.Database.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)"));

        var finding = Assert.Single(await FindAsync(watched));
        Assert.Equal(("index.invalid:public.broken", FindingLevel.Warning), (finding.Key, finding.Level));
        await watched.Database.ExecuteAsync(finding.Sql!);
        Assert.Empty(await FindAsync(watched));
    }

    [Fact]
    public async Task An_index_that_is_being_built_is_not_called_invalid()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (a int)");
        await using var holder = await watched.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await holder.RunAsync("INSERT INTO t VALUES (1)");
        var building = watched.Database.ExecuteAsync("CREATE INDEX CONCURRENTLY growing ON t (a)");
        await watched.ReadUntilAsync(IndexReader.Instance, reading => reading.Indexes.Any(index => index is { Name: "growing", IsBeingBuilt: true }));

        Assert.Empty(await FindAsync(watched));
        await transaction.RollbackAsync();
        await building;
        Assert.Empty(await FindAsync(watched));
    }

    [Fact]
    public async Task Every_cure_can_be_run_as_it_is_shown()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync(
            $"""
            CREATE TABLE "T ""x" (id int PRIMARY KEY, a int, b int, note text);
            ALTER TABLE "T ""x" ADD CONSTRAINT "U ""q" UNIQUE (id);
            CREATE INDEX "{Long}" ON "T ""x" (a);
            CREATE INDEX wide ON "T ""x" (a, b);
            CREATE TABLE refers (id int PRIMARY KEY, "T id" int CONSTRAINT "F ""k" REFERENCES "T ""x" (id));
            """);
        var findings = await FindAsync(watched);
        Assert.Equal(3, findings.Count);
        foreach (var finding in findings.Where(one => one.Sql is not null))
        {
            await watched.Database.ExecuteAsync(finding.Sql!);
        }

        Assert.All(await FindAsync(watched), finding => Assert.Null(finding.Sql));
    }

    [Theory]
    [InlineData(20, 0, 20, true)]
    [InlineData(13, 0, 20, false)]
    [InlineData(20, 1, 20, false)]
    [InlineData(20, null, 20, false)]
    [InlineData(null, 0, 20, false)]
    [InlineData(20, 0, 5, false)]
    public async Task Unused_is_said_only_where_it_is_known(int? statisticsDays, int? replicas, int megabytes, bool said)
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (a int, b int UNIQUE); CREATE INDEX i ON t (a); CREATE INDEX fk ON t (b)");
        var read = await watched.ReadAsync(IndexReader.Instance);
        var reading = read with
        {
            StatsReset = statisticsDays is { } days ? read.ServerTime.AddDays(-days) : null,
            Replicas = replicas,
            Indexes = [.. read.Indexes.Select(index => index with { Bytes = megabytes * 1024L * 1024 })],
        };

        var unused = IndexRules.Of(reading, new ForeignKeys([]), new IndexThresholds()).Where(finding => finding.Rule == "index.unused").ToList();

        Assert.Equal(said ? ["index.unused:public.i"] : [], unused.Select(finding => finding.Key));
        Assert.DoesNotContain(IndexRules.Of(reading, keys: null, new IndexThresholds()), finding => finding.Rule == "index.unused");
        var supports = new ForeignKeys([new ForeignKey("public", "t", reading.Indexes[0].TableOid, "f", ["a"], "public.x", 0)]);
        Assert.DoesNotContain(IndexRules.Of(reading, supports, new IndexThresholds()), finding => finding.Rule == "index.unused");
    }

    [Theory]
    [InlineData(1, 20, false, true)]
    [InlineData(1, 20, true, false)]
    [InlineData(1, 13, false, false)]
    [InlineData(0, 20, false, false)]
    public async Task With_replicas_unused_is_said_only_where_none_of_them_uses_it_either(int watchedReplicas, int days, bool usedThere, bool said)
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (a int); CREATE INDEX i ON t (a)");
        var read = await watched.ReadAsync(IndexReader.Instance);
        var reading = read with { StatsReset = read.ServerTime.AddDays(-20), Replicas = 1, Indexes = [.. read.Indexes.Select(index => index with { Bytes = 20L << 20 })] };
        var use = new ReplicaUse(watchedReplicas, TimeSpan.FromDays(days), usedThere ? [reading.Indexes[0].Oid] : []);

        var unused = IndexRules.Of(reading, new ForeignKeys([]), new IndexThresholds(), replicas: use).Where(finding => finding.Rule == "index.unused").ToList();

        Assert.Equal(said ? ["index.unused:public.i"] : [], unused.Select(finding => finding.Key));
        Assert.All(unused, finding => Assert.Contains("1 replica", finding.Evidence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 20, 0, 14, true)]
    [InlineData(3, 20, 0, 14, true)]
    [InlineData(null, 13, 0, 14, false)]
    [InlineData(null, 13, 0, 7, true)]
    [InlineData(null, 20, 1, 14, false)]
    [InlineData(null, null, 0, 14, false)]
    public async Task Where_the_server_does_not_say_since_when_it_counts_history_does(int? statisticsDays, int? watchedDays, int replicas, int threshold, bool said)
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (a int, b int UNIQUE); CREATE INDEX i ON t (a); CREATE INDEX young ON t (b, a)");
        var read = await watched.ReadAsync(IndexReader.Instance);
        var reading = read with
        {
            StatsReset = statisticsDays is { } days ? read.ServerTime.AddDays(-days) : null,
            Replicas = replicas,
            Indexes = [.. read.Indexes.Select(index => index with { Bytes = 20L << 20 })],
        };
        var quiet = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (watchedDays is { } since)
        {
            quiet["public.i"] = read.ServerTime.AddDays(-since);
        }

        var unused = IndexRules.Of(reading, new ForeignKeys([]), new IndexThresholds { UnusedAge = TimeSpan.FromDays(threshold) }, quiet).Where(finding => finding.Rule == "index.unused").ToList();

        Assert.Equal(said ? ["index.unused:public.i"] : [], unused.Select(finding => finding.Key));
        Assert.All(unused, finding => Assert.Contains("So long the dashboard has watched it", finding.Evidence, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Finding>> FindAsync(Watched watched) =>
        [.. IndexRules.Of(await watched.ReadAsync(IndexReader.Instance), await watched.ReadAsync(ForeignKeyReader.Instance), new IndexThresholds())];
}
