using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class BloatRulesTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public async Task Half_empty_and_large_is_told_with_a_cure_that_runs_and_less_is_not()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await using var session = await watched.OpenAsync("mender");
        await session.RunAsync("CREATE TABLE \"Half \"\"empty\" (id int CONSTRAINT \"Its \"\"key\" PRIMARY KEY)");
        var (indexes, tables) = (await watched.ReadAsync(IndexReader.Instance), await watched.ReadAsync(TableReader.Instance));
        var (index, table) = (indexes.Indexes.Single().Oid, tables.Tables.Single().Oid);

        IReadOnlyList<Finding> Found(long bytes, long needed, BloatThresholds? thresholds = null) =>
            [.. BloatRules.Of(new BloatReading(default, new[] { index, table }.ToImmutableDictionary(oid => oid, _ => new BloatEstimate(bytes, needed)), 0), indexes, tables, thresholds ?? new BloatThresholds())];

        Assert.Empty(Found(1000 * Megabyte, 501 * Megabyte));
        Assert.Empty(Found(150 * Megabyte, 51 * Megabyte));
        Assert.Empty(Found(100 * Megabyte, 300 * Megabyte));
        Assert.Equal(2, Found(150 * Megabyte, 51 * Megabyte, new BloatThresholds { LeastBytes = 99 * Megabyte }).Count);
        Assert.Empty(Found(200 * Megabyte, 100 * Megabyte, new BloatThresholds { LeastShare = 0.6 }));

        var findings = Found(200 * Megabyte, 100 * Megabyte);
        Assert.Equal(["index.bloat:public.\"Its \"\"key\"", "table.bloat:public.\"Half \"\"empty\""], findings.Select(finding => finding.Key));
        Assert.All(findings, finding => Assert.Contains("about 50 % is empty. An estimate", finding.Evidence, StringComparison.Ordinal));
        var uncertain = new BloatEstimate(200 * Megabyte, 100 * Megabyte) { LeastNeeded = 50 * Megabyte, MostNeeded = 120 * Megabyte };
        Assert.Contains(
            "about 50 % is empty (between 40 and 75 %, by how its rows are laid out)",
            BloatRules.Of(new BloatReading(default, ImmutableDictionary<uint, BloatEstimate>.Empty.Add(index, uncertain), 0), indexes, tables, new BloatThresholds()).Single().Evidence,
            StringComparison.Ordinal);
        Assert.Null(findings[1].Sql);
        await session.RunAsync(findings[0].Sql!);
    }
}
