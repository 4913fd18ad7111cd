using System.Globalization;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

/// <summary>Checkpoints, log, input and output, archiver and replication against the same views, asked by the test before and after.</summary>
public sealed class ServerReadersTests
{
    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Checkpoints_lie_between_two_looks_at_the_catalog(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsync("asker");
        await asker.RunAsync("CHECKPOINT");
        await watched.ReadUntilAsync(CheckpointReader.Instance, counted => counted.Requested > 0);
        var question = major >= 17
            ? "SELECT num_timed, num_requested, buffers_written, buffers_clean, maxwritten_clean, buffers_alloc FROM pg_stat_checkpointer, pg_stat_bgwriter"
            : "SELECT checkpoints_timed, checkpoints_req, buffers_checkpoint, buffers_clean, maxwritten_clean, buffers_alloc FROM pg_stat_bgwriter";

        var before = await LookAsync(asker, question);
        var reading = await watched.ReadAsync(CheckpointReader.Instance);
        var after = await LookAsync(asker, question);

        Between(before, after, reading.Timed, reading.Requested, reading.CheckpointBuffers, reading.CleanBuffers, reading.Halts, reading.Allocated);
        Assert.True(reading.BackendBuffers >= 0);
        Assert.Equal("1GB", reading.MaxWalSize);
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task The_log_lies_between_two_looks_at_the_catalog(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var asker = await watched.OpenAsync("asker");

        var before = await LookAsync(asker, "SELECT wal_records, wal_fpi, wal_bytes::int8, wal_buffers_full FROM pg_stat_wal");
        var reading = await watched.ReadAsync(WalReader.Instance);
        var after = await LookAsync(asker, "SELECT wal_records, wal_fpi, wal_bytes::int8, wal_buffers_full FROM pg_stat_wal");

        Between(before, after, reading.Records, reading.FullPages, reading.Bytes, reading.BuffersFull);
        Assert.Matches("^[0-9A-F]+/[0-9A-F]+$", reading.Position);
        Assert.Equal(kind != WatchingRole.Bare, reading.Files is not null);
        Assert.True(reading.FileBytes is null || (reading.FileBytes == reading.Files * (16L << 20) && reading.Files > 0));
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Input_and_output_lie_between_two_looks_at_the_catalog(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        if (major < 16)
        {
            var unread = await watched.Reader.ReadAsync([IoReader.Instance], CancellationToken.None);
            Assert.Contains("needs PostgreSQL 16", unread.Of(IoReader.Instance).Fault!, StringComparison.Ordinal);
            return;
        }

        var asker = await watched.OpenAsync("asker");
        var bytes = major >= 18 ? ("sum(read_bytes)::int8", "sum(write_bytes)::int8") : ("sum(reads * op_bytes)::int8", "sum(writes * op_bytes)::int8");
        var question = $"SELECT {bytes.Item1}, {bytes.Item2}, sum(hits)::int8, sum(evictions)::int8 FROM pg_stat_io WHERE object <> 'wal'";

        var before = await LookAsync(asker, question);
        var reading = await watched.ReadAsync(IoReader.Instance);
        var after = await LookAsync(asker, question);

        var data = reading.Uses.Where(use => use.Object != "wal").ToList();
        Between(before, after, reading.DataReadBytes, reading.DataWriteBytes, data.Sum(use => use.Hits ?? 0), data.Sum(use => use.Evictions ?? 0));
        Assert.Equal(major >= 18, reading.Uses.Any(use => use.Object == "wal"));
        Assert.False(reading.IsTimed);
        Assert.All(reading.Uses, use => Assert.Null(use.ReadTime ?? use.WriteTime));
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task An_archiver_that_is_off_is_off(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);

        var reading = await watched.ReadAsync(ArchiverReader.Instance);

        Assert.Equal((false, false, 0L, kind == WatchingRole.Bare), (reading.IsOn, reading.IsFailing, reading.Archived, reading.Waiting is null));
    }

    [Fact]
    public async Task An_archiver_that_fails_and_one_that_recovers_are_told()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["archive_mode"] = "on", ["archive_command"] = "test -f /nowhere/at/all", ["wal_level"] = "replica" };
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, settings);
        await using var watched = await Watched.StartAsync(server, WatchingRole.Monitor);
        await server.ExecuteAsync("CREATE TABLE t (id int)");
        await server.ExecuteAsync("SELECT pg_switch_wal()");

        var failing = await watched.ReadUntilAsync(ArchiverReader.Instance, reading => reading.IsFailing && reading.Waiting > 0);
        Assert.Equal((0L, true, true), (failing.Archived, failing.LastAt is null, failing.LastFailedFile!.Length == 24));
        Assert.Equal("May hold a password: it is not read", (await watched.ReadAsync(SettingsReader.Instance))["archive_command"]!.Withheld);

        await server.ExecuteAsync("ALTER SYSTEM SET archive_command = 'true'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        var recovered = await watched.ReadUntilAsync(ArchiverReader.Instance, reading => reading is { IsFailing: false, Archived: > 0, Waiting: 0 });
        Assert.NotNull(recovered.LastFile);
    }

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task A_slot_is_what_the_catalog_says(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        var name = $"slot_{Guid.NewGuid():n}";
        await watched.Database.ExecuteAsync($"SELECT pg_create_physical_replication_slot('{name}', true)");
        try
        {
            var slot = (await watched.ReadAsync(ReplicationReader.Instance)).Slots.Single(one => one.Name == name);

            Assert.Equal(("physical", false, "reserved", null, true), (slot.Kind, slot.Active, slot.WalStatus, slot.Database, slot.Retained >= 0));
        }
        finally
        {
            await watched.Database.ExecuteAsync($"SELECT pg_drop_replication_slot('{name}')");
        }
    }

    private static async Task<long[]> LookAsync(Npgsql.NpgsqlConnection asker, string question) =>
        [.. Assert.Single(await asker.RowsAsync(question)).Select(value => Convert.ToInt64(value, CultureInfo.InvariantCulture))];

    private static void Between(long[] before, long[] after, params long[] read) =>
        Assert.All(read.Index(), one => Assert.InRange(one.Item, before[one.Index], after[one.Index]));
}
