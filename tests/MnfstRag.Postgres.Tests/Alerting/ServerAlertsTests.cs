using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Alerting;

/// <summary>What rules are held against, made of what real servers say.</summary>
public sealed class ServerAlertsTests
{
    private static readonly IReader[] All =
        [ActivityReader.Instance, ServerLimitsReader.Instance, LockReader.Instance, AgesReader.Instance, SequenceReader.Instance, SettingsReader.Instance, HostStateReader.Instance, ReplicationReader.Instance, ArchiverReader.Instance];

    /// <summary>At once, and from figures on that a server of a test reaches within seconds.</summary>
    private static readonly AlertRule[] Soon =
    [
        .. AlertRules.Defaults
            .Where(rule => rule.Key is AlertRules.Archiving or AlertRules.Blocked or AlertRules.Connections or AlertRules.IdleInTransaction or AlertRules.PendingRestart or AlertRules.Sequence or AlertRules.Wraparound)
            .Select(rule => rule with
            {
                For = TimeSpan.Zero,
                Warning = rule.Key switch { AlertRules.Blocked or AlertRules.IdleInTransaction => 0, AlertRules.Connections => 50, AlertRules.Wraparound => 100.0 * Spent / TableThresholds.Transactions, _ => rule.Warning },
            }),
    ];

    /// <summary>Transaction ids that the test uses up: a server that was just made has used some hundreds.</summary>
    private const int Spent = 20_000;

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Trouble_of_every_kind_is_measured_told_once_and_ended_once(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["max_connections"] = "20",
            ["archive_mode"] = "on",
            ["archive_command"] = "false",
        });
        await using var watched = await Watched.StartAsync(server);
        await watched.Database.ExecuteAsync(
            "CREATE TABLE held (id int PRIMARY KEY); CREATE SEQUENCE \"near its END\" AS smallint; SELECT setval('\"near its END\"', 30000); INSERT INTO held VALUES (1)");
        await server.ExecuteAsync("ALTER SYSTEM SET max_connections = 21");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        await using var holder = await watched.Database.OpenAsync();
        await Execute(holder, "BEGIN; UPDATE held SET id = id");
        await using var waiter = await watched.Database.OpenAsync();
        var waiting = Execute(waiter, "UPDATE held SET id = id");
        await server.UntilAsync("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock') AND (SELECT pending_restart FROM pg_settings WHERE name = 'max_connections') AND (SELECT failed_count > 0 FROM pg_stat_archiver)");

        await server.ExecuteAsync($"CREATE TEMP TABLE spent (id int); DO $$ BEGIN FOR i IN 1..{Spent} LOOP BEGIN INSERT INTO spent VALUES (i); EXCEPTION WHEN unique_violation THEN NULL; END; END LOOP; END $$");

        var readings = await ReadAsync(watched);

        Assert.Equal(
            [AlertRules.Archiving, AlertRules.Blocked, AlertRules.Connections, AlertRules.IdleInTransaction, AlertRules.PendingRestart, AlertRules.Reach, AlertRules.ReplicaDelay, AlertRules.ReplicaLag, AlertRules.Sequence, AlertRules.Wraparound],
            readings.Known.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(readings.Known[AlertRules.Reach]);
        Assert.Empty(readings.Known[AlertRules.ReplicaLag]);
        Assert.Empty(readings.Known[AlertRules.ReplicaDelay]);
        Assert.InRange(Assert.Single(readings.Known[AlertRules.Connections]).Value, 100.0 * 2 / 17, 100.0 * 12 / 17);
        Assert.InRange(Assert.Single(readings.Known[AlertRules.IdleInTransaction]).Value, 0, 60);
        Assert.InRange(Assert.Single(readings.Known[AlertRules.Blocked]).Value, 0, 60);
        Assert.Contains("1 session waits", readings.Known[AlertRules.Blocked][0].Evidence, StringComparison.Ordinal);
        Assert.Equal((1.0, true), (readings.Known[AlertRules.PendingRestart][0].Value, readings.Known[AlertRules.PendingRestart][0].Evidence.Contains("max_connections", StringComparison.Ordinal)));
        Assert.Equal(1, Assert.Single(readings.Known[AlertRules.Archiving]).Value);
        Assert.Equal((true, 91.6), (readings.Known[AlertRules.Sequence][0].Object.Contains("near its END", StringComparison.Ordinal), Math.Round(readings.Known[AlertRules.Sequence][0].Value, 1)));
        Assert.All(readings.Known[AlertRules.Wraparound], reading => Assert.InRange(reading.Value, 0, 1));

        var crowd = new List<Npgsql.NpgsqlConnection>();
        for (var more = 0; more < 8; more++)
        {
            crowd.Add(await watched.Database.OpenAsync());
        }

        var (memory, now) = (AlertMemory.Quiet, DateTimeOffset.UnixEpoch);
        var databases = readings.Known[AlertRules.Wraparound].Select(reading => reading.Object).ToList();
        Assert.Equal(Expected(AlertChangeKind.Raised), await StepAsync(1));
        Assert.Empty(await StepAsync(60));

        await Execute(holder, "ROLLBACK");
        await waiting;
        Npgsql.NpgsqlConnection.ClearPool(crowd[0]);
        foreach (var one in crowd)
        {
            await one.DisposeAsync();
        }

        await FreezeAsync(server, databases);
        await watched.Database.ExecuteAsync("SELECT setval('\"near its END\"', 1)");
        await server.ExecuteAsync("ALTER SYSTEM RESET max_connections");
        await server.ExecuteAsync("ALTER SYSTEM SET archive_command = 'true'");
        await server.ExecuteAsync("SELECT pg_reload_conf()");
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        await server.UntilAsync("SELECT (SELECT count(*) < 7 FROM pg_stat_activity WHERE backend_type = 'client backend') AND NOT (SELECT pending_restart FROM pg_settings WHERE name = 'max_connections') AND (SELECT last_archived_time > last_failed_time FROM pg_stat_archiver)");
        var after = await ReadAsync(watched);
        Assert.Empty(after.Known[AlertRules.Blocked]);
        Assert.Empty(after.Known[AlertRules.IdleInTransaction]);
        Assert.Empty(await StepAsync(1));
        Assert.Equal(Expected(AlertChangeKind.Ended), await StepAsync(60));
        Assert.Empty(await StepAsync(60));

        // Ids run out for every database of the server at the same time, and each is frozen by itself.
        IEnumerable<(string, AlertChangeKind)> Expected(AlertChangeKind kind) =>
            Soon.SelectMany(rule => Enumerable.Repeat((rule.Key, kind), rule.Key == AlertRules.Wraparound ? databases.Count : 1)).Order();

        async Task<IEnumerable<(string, AlertChangeKind)>> StepAsync(int seconds)
        {
            now = now.AddSeconds(seconds);
            (memory, var changes) = memory.Step(Soon, await ReadAsync(watched), now);
            return changes.Select(change => (change.Name.Rule, change.Kind)).Order();
        }
    }

    [Fact]
    public void While_the_server_cannot_be_read_only_that_is_known()
    {
        var view = new ServerView(null, null, new Activity(DateTimeOffset.UnixEpoch, []), null, [], null, new Outage(TimeSpan.FromSeconds(40), "Nothing listens there."));
        var (rule, readings) = Assert.Single(ServerAlerts.Of(view).Known);
        Assert.Equal((AlertRules.Reach, 40, "The server could not be read for 40 s. Nothing listens there."), (rule, readings[0].Value, readings[0].Evidence));
        Assert.Empty(ServerAlerts.Of(view with { Activity = null, Outage = null }).Known);
    }

    [Theory]
    [InlineData(PrimaryState.Known, null)]
    [InlineData(PrimaryState.Lost, "No host has taken writes for 15 s.")]
    [InlineData(PrimaryState.SplitBrain, "a:5432 and b:5432 take writes of one cluster since 15 s: what is written to one of them will be lost.")]
    public void No_primary_and_more_than_one_are_told_where_there_are_several_hosts(PrimaryState state, string? words)
    {
        DatabaseHost[] hosts = [new("a", 5432), new("b", 5432)];
        var standing = new PrimaryStanding(state, hosts[0], DateTimeOffset.UnixEpoch, 1, hosts);
        var view = new ServerView(null, null, null, null, [], null, null)
        {
            At = DateTimeOffset.UnixEpoch.AddSeconds(15),
            Hosts = new HostTopology([.. hosts.Select(host => new WatchedHost(host, null, null, null, null, null, null))], standing, null),
        };
        var readings = ServerAlerts.Of(view).Known[AlertRules.Primary];
        Assert.Equal(words, readings.Length == 0 ? null : readings[0].Evidence);
        Assert.Empty(ServerAlerts.Of(view with { Hosts = view.Hosts with { Hosts = [view.Hosts.Hosts[0]] } }).Known);
    }

    private static async Task<AlertReadings> ReadAsync(Watched watched)
    {
        var reading = await watched.Reader.ReadAsync(All, CancellationToken.None);
        Assert.Null(reading.Fault);
        Assert.Empty(reading.ReaderFaults);
        var host = new DatabaseHost("a", 5432);
        var tracks = new HostTracks([host]);
        tracks.Answered(host, reading.Of(HostStateReader.Instance).Value, reading.Capabilities, reading.Of(ReplicationReader.Instance).Value, DateTimeOffset.UnixEpoch);
        return ServerAlerts.Of(new ServerView(
            reading.Capabilities,
            reading.Of(ServerLimitsReader.Instance).Value,
            reading.Of(ActivityReader.Instance).Value,
            reading.Of(LockReader.Instance).Value,
            [],
            null,
            null)
        {
            Slow = HeldReadings.None.With(reading, All, DateTimeOffset.UnixEpoch),
            Hosts = tracks.Topology(host),
        });
    }

    /// <summary>What an operator does against wraparound; template0 is let in for it.</summary>
    private static async Task FreezeAsync(PostgresServer server, IReadOnlyList<string> databases)
    {
        await server.ExecuteAsync("ALTER DATABASE template0 WITH ALLOW_CONNECTIONS true");
        foreach (var database in databases)
        {
            await server.ExecuteAsync("VACUUM (FREEZE)", database);
        }

        await server.ExecuteAsync("ALTER DATABASE template0 WITH ALLOW_CONNECTIONS false");
    }

    private static async Task Execute(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
