using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Recording;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Live.Recording;

public sealed class ServerHistoryTests
{
    private static readonly IReadOnlyList<IReader> Readers = [CheckpointReader.Instance, WalReader.Instance, IoReader.Instance, ArchiverReader.Instance, ReplicationReader.Instance];

    [Fact]
    public async Task What_the_server_did_between_two_readings_is_kept_and_nothing_across_a_reset()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var reader = new ServerReader(DatabaseUrl.Parse(server.ConnectionString()).Url!, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        var tap = new ServerHistory().Open();
        var at = Snapshots.Now;

        var first = await SeenAsync();
        Assert.Null(tap.Take(first));
        Assert.Null(tap.Take(first));
        await server.ExecuteAsync("CREATE TABLE t AS SELECT generate_series(1, 10000) AS id; CHECKPOINT");
        await using var waiting = new Npgsql.NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await waiting.OpenAsync();
        await Wait.UntilAsync(
            async over =>
            {
                await using var command = new Npgsql.NpgsqlCommand("SELECT num_requested > 0 FROM pg_stat_checkpointer", waiting);
                return await command.ExecuteScalarAsync(over) is true;
            },
            TimeSpan.FromSeconds(20));

        at = at.AddMinutes(1);
        var batch = tap.Take(await SeenAsync())!;
        Assert.Equal((at, TimeSpan.FromMinutes(1)), (batch.At, batch.Covers));
        var values = Assert.Single(batch.Samples).Values;
        Assert.Equal(ServerHistory.Kind.Columns.Count, values.Count);
        Assert.True(Of("checkpoints_requested") >= 1 && Of("wal_bytes") > 100_000 && Of("wal_file_bytes") >= 16 << 20);
        Assert.Equal((0.0, 0.0, null, null), (Of("archived"), Of("archive_failed"), Of("slot_bytes"), Of("io_read_ms")));

        await server.ExecuteAsync("SELECT pg_stat_reset_shared('wal')");
        at = at.AddMinutes(1);
        values = tap.Take(await SeenAsync())!.Samples[0].Values;
        Assert.Null(Of("wal_bytes"));
        Assert.NotNull(Of("checkpoints_timed"));

        at = at.AddMinutes(30);
        Assert.Null(tap.Take(await SeenAsync()));

        double? Of(string column) => values[ServerHistory.Kind[column]];

        async Task<EnvironmentSnapshot> SeenAsync()
        {
            var reading = await reader.ReadAsync(Readers, CancellationToken.None);
            Assert.Null(reading.Fault);
            return Snapshots.Live() with { Capabilities = reading.Capabilities, Slow = HeldReadings.None.With(reading, Readers, at) };
        }
    }
}
