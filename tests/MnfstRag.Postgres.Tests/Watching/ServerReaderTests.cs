using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ServerReaderTests
{
    private static readonly FailingReader Missing = new("missing", "SELECT 'x' FROM no_such_view");

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_failing_reader_takes_nobody_with_it_wherever_it_stands(int major)
    {
        var options = new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(2) };
        await using var watched = await Watched.StartAsync(await PostgresServers.GetAsync(major), options: options);
        var odd = new FailingReader("odd", "SELECT 1");

        var reading = await watched.Reader.ReadAsync([Missing, ActivityReader.Instance, odd, LockReader.Instance, new FailingReader("late", "SELECT pg_sleep(20)::text"), DatabaseCountersReader.Instance], CancellationToken.None);

        Assert.Null(reading.Fault);
        Assert.NotNull(reading.Of(ActivityReader.Instance).Value);
        Assert.NotNull(reading.Of(LockReader.Instance).Value);
        Assert.NotNull(reading.Of(DatabaseCountersReader.Instance).Value);
        Assert.Equal(["late", "missing", "odd"], reading.ReaderFaults.Keys.Order());
        Assert.Contains("42P01", reading.ReaderFaults["missing"], StringComparison.Ordinal);
        Assert.Contains("57014", reading.ReaderFaults["late"], StringComparison.Ordinal);
        Assert.Contains("could not be understood", reading.ReaderFaults["odd"], StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_reader_whose_error_ends_the_session_takes_nobody_with_it_either(int major)
    {
        var options = new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(2) };
        await using var watched = await Watched.StartAsync(await PostgresServers.GetAsync(major), options: options);
        var gone = new FailingReader("gone", "SELECT pg_sequence_last_value(4000000000)::text");

        for (var turn = 0; turn < 2; turn++)
        {
            var reading = await watched.Reader.ReadAsync([gone, ActivityReader.Instance, LockReader.Instance, TableReader.Instance], CancellationToken.None);

            Assert.Null(reading.Fault);
            Assert.Contains("XX000", Assert.Single(reading.ReaderFaults, fault => fault.Key == "gone").Value, StringComparison.Ordinal);
            Assert.NotNull(reading.Of(ActivityReader.Instance).Value);
            Assert.NotNull(reading.Of(LockReader.Instance).Value);
            Assert.NotNull(reading.Of(TableReader.Instance).Value);
        }
    }

    public static TheoryData<string> EveryReader => [.. Readers.Select(reader => reader.Name)];

    /// <summary>Found, not listed: a new reader is held to it without a line here.</summary>
    private static IReadOnlyList<IReader> Readers { get; } =
    [
        .. typeof(IReader).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IReader)))
            .Select(type => type.GetProperty("Instance", System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)?.GetValue(null))
            .OfType<IReader>(),
    ];

    [Theory, MemberData(nameof(EveryReader))]
    public async Task Each_reader_may_fail_and_empties_no_other(string name)
    {
        await using var watched = await Watched.StartAsync(await PostgresServers.GetAsync(), options: new ServerReaderOptions { Budget = TimeSpan.FromSeconds(20), StatementTimeout = TimeSpan.FromSeconds(10) });

        var reading = await watched.Reader.ReadAsync([.. Readers.Select(reader => reader.Name == name ? new FailingReader(name, "SELECT 'x' FROM no_such_view") : reader)], CancellationToken.None);

        Assert.Null(reading.Fault);
        Assert.Equal([name], reading.ReaderFaults.Keys);
        Assert.Equal(Readers.Select(reader => reader.Name).Except([name]).Order(), reading.Values.Keys.Except([name]).Order());
    }

    [Fact]
    public async Task A_failed_reader_rests_and_the_servers_log_stays_quiet()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var watched = await Watched.StartAsync(server);
        for (var tick = 0; tick < 5; tick++)
        {
            var reading = await watched.Reader.ReadAsync([Missing, ServerLimitsReader.Instance], CancellationToken.None);
            Assert.Contains("42P01", reading.Of(Missing).Fault, StringComparison.Ordinal);
            Assert.NotNull(reading.Of(ServerLimitsReader.Instance).Value);
        }

        Assert.Single(await File.ReadAllLinesAsync(server.LogFile), line => line.Contains("no_such_view\" does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_slow_reader_is_stopped_in_time_for_the_others()
    {
        var options = new ServerReaderOptions { Budget = TimeSpan.FromSeconds(6), StatementTimeout = TimeSpan.FromSeconds(60) };
        await using var watched = await Watched.StartAsync(await PostgresServers.GetAsync(), options: options);
        var slow = new FailingReader("slow", "SELECT pg_sleep(50)::text");

        var reading = await watched.Reader.ReadAsync([slow, ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Null(reading.Fault);
        Assert.Contains("longer than 3 s", reading.Of(slow).Fault, StringComparison.Ordinal);
        Assert.NotNull(reading.Of(ServerLimitsReader.Instance).Value);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_heavy_reader_has_more_time_and_takes_none_from_the_others(bool pooled)
    {
        if (pooled && !PgBouncer.IsInstalled)
        {
            return;
        }

        var server = await PostgresServers.GetAsync();
        var options = new ServerReaderOptions { Budget = TimeSpan.FromSeconds(4), StatementTimeout = TimeSpan.FromSeconds(1), HeavyTimeout = TimeSpan.FromSeconds(3) };
        await using var bouncer = pooled ? await PgBouncer.StartAsync(server, "transaction", ignoresOptions: false) : null;
        await using var reader = new ServerReader(DatabaseUrl.Parse(bouncer?.Url("postgres") ?? server.ConnectionString()).Url!, options, TimeProvider.System);
        var large = new FailingReader("large", "SELECT pg_sleep(1.5)::text || current_setting('statement_timeout')", heavy: true);
        var endless = new FailingReader("endless", "SELECT pg_sleep(9)::text", heavy: true);
        var slow = new FailingReader("slow", "SELECT pg_sleep(1.5)::text");
        var quick = new FailingReader("quick", "SELECT current_setting('statement_timeout')");

        var first = await reader.ReadAsync([large, quick, slow], CancellationToken.None);
        var second = await reader.ReadAsync([endless, quick], CancellationToken.None);

        Assert.Null(first.Fault ?? second.Fault);
        Assert.Equal(("3s", "1s", "1s"), (first.Of(large).Value, first.Of(quick).Value, second.Of(quick).Value));
        Assert.Contains("longer than 1 s", first.Of(slow).Fault, StringComparison.Ordinal);
        Assert.Contains("longer than 3 s", second.Of(endless).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_hosts_is_tried_in_order()
    {
        var server = await PostgresServers.GetAsync();
        var login = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString());
        var url = DatabaseUrl.Parse($"postgresql://{login.Username}:{login.Password}@127.0.0.1:1,{server.Host}:{server.Port}/postgres?target_session_attrs=primary").Url!;
        await using var reader = new ServerReader(url, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(10) }, TimeProvider.System);

        var reading = await reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Null(reading.Fault);
        Assert.Equal(PostgresVersions.Newest, reading.Capabilities!.Major);
    }

    [Fact]
    public async Task A_reader_for_a_later_version_says_so()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        var future = new FailingReader("future", "SELECT 'x'", minimumMajor: 99);

        var reading = await watched.Reader.ReadAsync([future], CancellationToken.None);

        Assert.Equal($"It needs PostgreSQL 99 or later; this server is {PostgresVersions.Newest}.", reading.Of(future).Fault);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Any_number_of_readers_is_one_transaction_over_one_connection_with_limits(int major)
    {
        await using var watched = await Watched.StartAsync(major);
        var settings = new FailingReader("settings", "SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('transaction_read_only'), current_setting('jit'), current_setting('application_name'))");
        var now = new FailingReader("now", "SELECT now()::text || pg_backend_pid()");
        var nowToo = new FailingReader("later", "SELECT now()::text || pg_backend_pid()");

        var first = await watched.Reader.ReadAsync([settings, now, ActivityReader.Instance, nowToo], CancellationToken.None);
        var second = await watched.Reader.ReadAsync([now, nowToo], CancellationToken.None);

        Assert.Equal("10s 100ms on off mnfst-admin", first.Of(settings).Value);
        Assert.Equal(first.Of(now).Value, first.Of(nowToo).Value);
        Assert.Equal((true, false), (first.Connected, second.Connected));
        Assert.Single(first.Of(ActivityReader.Instance).Value!.Sessions, session => session.Database == watched.Database.Name);
    }

    [Fact]
    public async Task Statements_are_prepared_once_they_recur()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        var prepared = new FailingReader("prepared", "SELECT coalesce(string_agg(statement, '|'), '') FROM pg_prepared_statements");

        for (var tick = 0; tick < 3; tick++)
        {
            await watched.Reader.ReadAsync([DatabaseCountersReader.Instance, prepared], CancellationToken.None);
        }

        Assert.Contains("mnfst-admin:counters", (await watched.Reader.ReadAsync([prepared], CancellationToken.None)).Of(prepared).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_connection_is_told_once_and_replaced()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await watched.Reader.ReadAsync([], CancellationToken.None);
        await watched.Database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'mnfst-admin'");

        var broken = await watched.Reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);
        var healed = await watched.Reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Equal(ConnectionFaultKind.Lost, broken.Fault!.Kind);
        Assert.Equal(broken.Fault.Words, broken.Of(ServerLimitsReader.Instance).Fault);
        Assert.NotNull(broken.Capabilities);
        Assert.Null(healed.Fault);
        Assert.True(healed.Connected);
    }

    [Fact]
    public async Task Killed_stopped_and_started_again_it_heals_by_itself()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await using var watched = await Watched.StartAsync(server);
        var own = await watched.ReadAsync(ActivityReader.Instance);
        await server.KillBackendAsync(own.Sessions.Single(session => session.Application == "mnfst-admin").Pid);

        Assert.Equal(ConnectionFaultKind.Lost, (await ReadAsync(watched)).Fault!.Kind);
        await HealsAsync(watched);

        await server.KillPostmasterAsync();
        var dead = await UntilAsync(watched, reading => reading.Fault?.Kind == ConnectionFaultKind.Refused);
        Assert.True(dead.Elapsed < TimeSpan.FromSeconds(2));

        await server.RestartAsync();
        await HealsAsync(watched);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_one_budget_and_no_more_sockets()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var options = new ServerReaderOptions { Budget = TimeSpan.FromSeconds(1), ConnectTimeout = TimeSpan.FromSeconds(1) };
        await using var watched = await Watched.StartAsync(server, options: options);
        await UntilAsync(watched, reading => reading.Fault is null);
        server.Freeze();
        try
        {
            for (var tick = 0; tick < 8; tick++)
            {
                var reading = await ReadAsync(watched);
                Assert.Equal(ConnectionFaultKind.NoAnswer, reading.Fault!.Kind);
                Assert.InRange(reading.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.8));
                Assert.NotNull(reading.Capabilities);
                Assert.InRange(Sockets(server.Port), 0, 4);
            }
        }
        finally
        {
            server.Thaw();
        }

        await HealsAsync(watched);
    }

    [Fact]
    public async Task Full_slots_are_named_and_a_connection_that_exists_goes_on()
    {
        await using var server = await PostgresServer.StartOwnAsync(
            PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "6", ["superuser_reserved_connections"] = "2" });
        await using var watched = await Watched.StartAsync(server, WatchingRole.Monitor);
        await ReadAsync(watched);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(async () =>
        {
            while (true)
            {
                await watched.OpenAsync("greedy", watched.Role);
            }
        });

        var lasting = await ReadAsync(watched);
        await using var late = new ServerReader(watched.Url, new ServerReaderOptions { Budget = TimeSpan.FromSeconds(10) }, TimeProvider.System);
        var refused = await late.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Null(lasting.Fault);
        Assert.Equal((ConnectionFaultKind.NoSlots, "53300"), (refused.Fault!.Kind, refused.Fault.SqlState));
    }

    [Fact]
    public async Task Cancelling_ends_at_once_and_the_next_reading_works()
    {
        await using var watched = await Watched.StartAsync(PostgresVersions.Newest);
        await ReadAsync(watched);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var began = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watched.Reader.ReadAsync([new FailingReader("slow", "SELECT pg_sleep(8)::text")], cancel.Token));

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(4));
        Assert.Null((await ReadAsync(watched)).Fault);
    }

    [Fact]
    public async Task A_sqlite_address_is_refused_in_words()
    {
        await using var reader = new ServerReader(DatabaseUrl.Parse("sqlite:///x.db").Url!, new ServerReaderOptions(), TimeProvider.System);

        var reading = await reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);

        Assert.Equal(ConnectionFaultKind.Address, reading.Fault!.Kind);
    }

    private static Task<ServerReading> ReadAsync(Watched watched) => watched.Reader.ReadAsync([ServerLimitsReader.Instance], CancellationToken.None);

    private static Task<ServerReading> HealsAsync(Watched watched) => UntilAsync(watched, reading => reading.Fault is null);

    private static async Task<ServerReading> UntilAsync(Watched watched, Func<ServerReading, bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reading = await ReadAsync(watched);
            if (condition(reading))
            {
                return reading;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), reading.Fault?.Words ?? "It succeeded all the time.");
            await Task.Delay(50);
        }
    }

    /// <summary>TCP connections of this process's machine to a port, from the client's side.</summary>
    private static int Sockets(int port) => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == System.Net.NetworkInformation.TcpState.Established);
}
