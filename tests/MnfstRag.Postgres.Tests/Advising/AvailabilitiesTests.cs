using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Advising;

public sealed class AvailabilitiesTests
{
    private static readonly IReadOnlyList<IReader> Readers =
    [
        ActivityReader.Instance, SettingsReader.Instance, CheckpointReader.Instance, WalReader.Instance, IoReader.Instance, ArchiverReader.Instance,
        ReplicationReader.Instance, StatementsReader.Instance, IndexReader.Instance, TableReader.Instance,
    ];

    [Theory, ClassData(typeof(VersionsAndRoles))]
    public async Task Each_lack_of_a_role_and_a_version_is_named_with_its_cure(int major, WatchingRole kind)
    {
        await using var watched = await Watched.StartAsync(major, kind);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");

        var found = (await OfAsync(watched)).ToDictionary(one => one.Panel, StringComparer.Ordinal);

        var bare = kind == WatchingRole.Bare;
        Assert.All(new[] { Panels.Sessions, Panels.Settings, Panels.Wal }, panel => Assert.Equal(bare, found[panel].Sql?.StartsWith("GRANT pg_", StringComparison.Ordinal) == true));
        Assert.Equal(major < 16, found[Panels.LastUse].State == AvailabilityState.Unavailable);
        Assert.Equal(major < 16 ? AvailabilityState.Unavailable : AvailabilityState.Degraded, found[Panels.Io].State);
        Assert.Equal((AvailabilityState.Unavailable, "ALTER SYSTEM SET track_io_timing = on;\nSELECT pg_reload_conf();"), (found[Panels.IoTimes].State, found[Panels.IoTimes].Sql));
        Assert.Equal((AvailabilityState.Degraded, true), (found[Panels.QueryTexts].State, found[Panels.QueryTexts].NeedsRestart));
        Assert.Equal(AvailabilityState.Unavailable, found[Panels.Archiver].State);
        Assert.All(new[] { Panels.Connection, Panels.QueryIds, Panels.Indexes, Panels.Tables, Panels.Checkpoints, Panels.Replication }, panel => Assert.Equal(AvailabilityState.Available, found[panel].State));
        Assert.Equal(bare ? AvailabilityState.Degraded : AvailabilityState.Available, found[Panels.Statements].State);
    }

    [Fact]
    public async Task A_server_with_everything_off_says_what_switches_it_on()
    {
        var off = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["track_activities"] = "off", ["track_counts"] = "off", ["compute_query_id"] = "off", ["shared_preload_libraries"] = "", ["autovacuum"] = "off", ["track_activity_query_size"] = "100",
        };
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, off);
        await using var watched = await Watched.StartAsync(server, WatchingRole.Monitor);

        var found = (await OfAsync(watched)).ToDictionary(one => one.Panel, StringComparer.Ordinal);

        Assert.Contains("track_activities = on", found[Panels.Sessions].Sql!, StringComparison.Ordinal);
        Assert.Contains("compute_query_id = on", found[Panels.QueryIds].Sql!, StringComparison.Ordinal);
        Assert.All(new[] { Panels.Indexes, Panels.Tables }, panel => Assert.Contains("track_counts = on", found[panel].Sql!, StringComparison.Ordinal));
        Assert.Contains("99 bytes", found[Panels.QueryTexts].Why, StringComparison.Ordinal);
        Assert.Equal((AvailabilityState.Unavailable, "CREATE EXTENSION pg_stat_statements;"), (found[Panels.Statements].State, found[Panels.Statements].Sql));
    }

    [Fact]
    public async Task Created_and_not_preloaded_then_edited_and_not_restarted_are_told_apart()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_preload_libraries"] = "" });
        await using var watched = await Watched.StartAsync(server, WatchingRole.Monitor);
        await watched.Database.ExecuteAsync("CREATE EXTENSION pg_stat_statements");

        var before = (await OfAsync(watched)).Single(one => one.Panel == Panels.Statements);
        await server.ExecuteAsync("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await watched.ReadUntilAsync(SettingsReader.Instance, reading => reading.PendingRestart.Count == 1);
        var after = (await OfAsync(watched)).Single(one => one.Panel == Panels.Statements);

        Assert.Equal(("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements';", true), (before.Sql, before.NeedsRestart));
        Assert.Contains("not been restarted since", after.Why, StringComparison.Ordinal);
        Assert.Equal((null, true), (after.Sql, after.NeedsRestart));
    }

    [Fact]
    public void Before_the_first_reading_nothing_is_claimed() =>
        Assert.Equal(AvailabilityState.Unavailable, Assert.Single(Availabilities.Of(new ServerView(null, null, null, null, [], null, null))).State);

    /// <summary>Over a new connection, which learns extensions and rights anew.</summary>
    private static async Task<IReadOnlyList<Availability>> OfAsync(Watched watched)
    {
        await using var reader = new ServerReader(watched.Url, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        var reading = await reader.ReadAsync(Readers, CancellationToken.None);
        Assert.Null(reading.Fault);
        return Availabilities.Of(new ServerView(reading.Capabilities, null, reading.Of(ActivityReader.Instance).Value, null, [], null, null)
        {
            Slow = HeldReadings.None.With(reading, Readers, TimeProvider.System.GetUtcNow()),
        });
    }
}
