using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising.Tables;

public sealed class TableRulesTests
{
    private static readonly TableThresholds Thresholds = new();

    [Fact]
    public async Task A_table_in_good_order_is_silent_and_each_fault_is_named_with_a_cure_that_runs()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE \"Fine \"\"one\" (id int PRIMARY KEY); INSERT INTO \"Fine \"\"one\" SELECT generate_series(1, 20000)");
        await watched.Database.ExecuteAsync("VACUUM ANALYZE \"Fine \"\"one\"");
        var reading = await watched.ReadUntilAsync(TableReader.Instance, one => one.Tables.Single() is { LiveRows: >= 20_000, PlannerRows: 20_000 });
        var table = reading.Tables.Single();
        Assert.Empty(TableRules.Of(reading, Thresholds));

        (string Key, FindingLevel Level, DatabaseTable Table)[] traps =
        [
            ("wraparound.table", FindingLevel.Warning, table with { FrozenAge = 1_100_000_000 }),
            ("wraparound.table", FindingLevel.Critical, table with { MultixactAge = 1_700_000_000 }),
            ("table.autovacuum", FindingLevel.Notice, table with { Vacuuming = table.Vacuuming with { Enabled = false, HasOwn = true } }),
            ("table.dead-rows", FindingLevel.Warning, table with { DeadRows = 12_000 }),
            ("table.never-analysed", FindingLevel.Notice, table with { PlannerRows = null, LastAnalyze = null, LastAutoanalyze = null }),
            ("table.read-whole", FindingLevel.Notice, table with { HeapBytes = 200L * 1024 * 1024, SequentialScans = 500 }),
        ];
        foreach (var (key, level, trap) in traps)
        {
            var finding = Assert.Single(TableRules.Of(reading with { Tables = [trap] }, Thresholds));
            Assert.Equal(($"{key}:public.\"Fine \"\"one\"", level), (finding.Key, finding.Level));
            if (finding.Sql is { } sql)
            {
                await watched.Database.ExecuteAsync(sql);
            }
        }
    }

    [Fact]
    public async Task What_is_small_or_on_its_way_is_not_told()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Database.ExecuteAsync("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 20000)");
        await watched.Database.ExecuteAsync("VACUUM ANALYZE t");
        var reading = await watched.ReadUntilAsync(TableReader.Instance, one => one.Tables.Single() is { LiveRows: >= 20_000, PlannerRows: 20_000 });
        var table = reading.Tables.Single();

        foreach (var fine in new[]
        {
            table with { DeadRows = 9_999 },
            table with { DeadRows = 60_000, PlannerRows = 1_000_000 },
            table with { FrozenAge = 900_000_000 },
            table with { HeapBytes = 200L * 1024 * 1024, SequentialScans = 500, IndexScans = 100_000 },
            table with { Kind = TableKind.Partitioned, DeadRows = 90_000, FrozenAge = 2_000_000_000 },
        })
        {
            Assert.Empty(TableRules.Of(reading with { Tables = [fine] }, Thresholds));
        }

        Assert.Equal("table.autovacuum", Assert.Single(TableRules.Of(reading with { Autovacuum = false }, Thresholds)).Key);
    }
}
