using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Live.Hosts;

/// <summary>What a replica reads in the primary's stead, and what it says of its own use of indexes.</summary>
[Collection(SharedPair.Name)]
public sealed class ReplicaReadsTests(SharedPair servers)
{
    private static readonly SamplerOptions Often = new()
    {
        Interval = TimeSpan.FromMilliseconds(500),
        ShapeInterval = TimeSpan.FromSeconds(1),
        HeavyReadLag = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public async Task Catalogues_are_read_on_the_replica_while_it_is_close_behind_and_counters_never()
    {
        var pair = servers.Pair;
        await pair.Primary.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset(); CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent)");
        await using var bench = pair.Bench(Often, heavyOnReplica: true);

        var read = await bench.UntilAsync(one => one.Slow.Of(ForeignKeyReader.Instance) is not null && one.Slow.Of(BloatReader.Instance) is not null && one.Slow.Of(TableReader.Instance) is not null, seconds: 60);
        Assert.Equal(pair.StandbyHost, read.Slow.Of(ForeignKeyReader.Instance)!.From!.Host);
        Assert.Equal(pair.StandbyHost, read.Slow.Of(BloatReader.Instance)!.From!.Host);
        Assert.InRange(read.Slow.Of(BloatReader.Instance)!.From!.Lag!.Value, TimeSpan.Zero, Often.HeavyReadLag);
        Assert.Single(read.Slow.Of(ForeignKeyReader.Instance)!.Value.All);
        Assert.Null(read.Slow.Of(TableReader.Instance)!.From);
        Assert.Null(read.Slow.Of(IndexReader.Instance)?.From);
        Assert.Equal((0L, true), (await CallsAsync(pair.Primary, "bloat"), await CallsAsync(pair.Primary, "tables") > 0));

        // Too far behind: the primary reads them itself.
        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_pause()");
        await pair.Primary.ExecuteAsync("CREATE TABLE later AS SELECT 1 AS one");
        var own = await bench.UntilAsync(one => one.Slow.Of(ForeignKeyReader.Instance) is { From: null }, seconds: 30);
        Assert.Equal(pair.PrimaryHost, own.Hosts!.ReadFrom);
        await pair.Standby.ExecuteAsync("SELECT pg_wal_replay_resume()");
        await bench.UntilAsync(one => one.Slow.Of(ForeignKeyReader.Instance) is { From: not null }, seconds: 30);
    }

    [Fact]
    public async Task An_index_that_only_a_replica_uses_is_known_to_be_used()
    {
        var pair = servers.Pair;
        await pair.Primary.ExecuteAsync("CREATE TABLE rows AS SELECT i AS id, i % 7 AS kind FROM generate_series(1, 20000) AS i; CREATE INDEX used_there ON rows (id); CREATE INDEX used_nowhere ON rows (kind); ANALYZE rows");
        await MnfstRag.Testing.Standby.CatchUpAsync(pair.Primary);
        await pair.Standby.ExecuteAsync("SELECT count(*) FROM rows WHERE id = 4711; SELECT pg_stat_force_next_flush()");
        await using var bench = pair.Bench(Often);

        var read = await bench.UntilAsync(one => one.Hosts?.Find(pair.StandbyHost)?.Indexes is { Used.Count: > 0 } && one.Slow.Of(IndexReader.Instance) is not null, seconds: 60);
        var indexes = read.Slow.Of(IndexReader.Instance)!.Value.Indexes;
        var used = read.Hosts!.Find(pair.StandbyHost)!.Indexes!;
        Assert.Equal("postgres", used.Database);
        Assert.Equal(0, indexes.Single(index => index.Name == "used_there").Scans);
        Assert.Contains(indexes.Single(index => index.Name == "used_there").Oid, used.Used.AsEnumerable());
        Assert.DoesNotContain(indexes.Single(index => index.Name == "used_nowhere").Oid, used.Used.AsEnumerable());
    }

    private static async Task<long> CallsAsync(PostgresServer server, string reader)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT coalesce(sum(calls), 0)::int8 FROM pg_stat_statements WHERE query LIKE '%mnfst-admin:{reader} %'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
