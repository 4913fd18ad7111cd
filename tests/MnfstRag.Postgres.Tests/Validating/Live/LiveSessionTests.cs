using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MnfstRag.Postgres.Tests.Connecting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Validating.Live;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LiveSessionTests
{
    private static readonly LiveOptions Quick = new() { ProbeLimit = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public async Task A_wrong_password_and_a_missing_database_are_named_without_the_password()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync();

        var wrong = (await LiveChecks.RunAsync($"DATABASE_URL=postgresql://{role.Name}:Zq91wrong@127.0.0.1:{server.Port}/postgres")).Of("live-sign-in", FindingLevel.Error);
        var missing = await LiveChecks.RunAsync($"DATABASE_URL=postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/no_such_database");

        Assert.Contains("28P01", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("3D000", missing.Of("live-database", FindingLevel.Error).Message, StringComparison.Ordinal);
        Assert.All(missing.Append(wrong), finding => Assert.DoesNotContain(role.Password, finding.Message + finding.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pool_past_what_the_server_bears_is_stopped_with_the_figure_that_fits()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "30" });
        var login = new NpgsqlConnectionStringBuilder(server.ConnectionString());
        var url = $"DATABASE_URL=postgresql://{login.Username}:{login.Password}@127.0.0.1:{server.Port}/postgres\n";

        var tooMany = await LiveChecks.RunAsync($"{url}DB_POOL_SIZE=10\nDB_MAX_OVERFLOW=10\nWEB_CONCURRENCY=2\n");

        var both = tooMany.Where(finding => finding is { Rule: "live-budget", Level: FindingLevel.Error }).ToList();
        Assert.Equal(["DB_MAX_OVERFLOW", "DB_POOL_SIZE"], both.Select(finding => finding.Key).Order(StringComparer.Ordinal));
        var figures = System.Text.RegularExpressions.Regex.Match(both[0].Remedy, "DB_POOL_SIZE=(?<size>[0-9]+) and DB_MAX_OVERFLOW=(?<overflow>[0-9]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.True(figures.Success, both[0].Remedy);
        (await LiveChecks.RunAsync($"{url}DB_POOL_SIZE={figures.Groups["size"]}\nDB_MAX_OVERFLOW={figures.Groups["overflow"]}\nWEB_CONCURRENCY=2\n")).AssertNoErrors();
    }

    [Fact]
    public async Task Full_slots_are_named()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "12" });
        var role = await server.CreateRoleAsync();
        var held = new List<NpgsqlConnection>();
        try
        {
            while (held.Count < 20)
            {
                var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", role)) { Pooling = false }.ConnectionString);
                held.Add(connection);
                await connection.OpenAsync();
            }
        }
        catch (PostgresException full)
        {
            Assert.Equal("53300", full.SqlState);
        }

        var findings = await LiveChecks.RunAsync($"DATABASE_URL=postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/postgres");
        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        Assert.Contains("53300", findings.Of("live-sign-in", FindingLevel.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standby_is_refused_as_the_only_host()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var login = new NpgsqlConnectionStringBuilder(server.ConnectionString());
        await server.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, "standby.signal"), "");
        await server.RestartAsync();

        var findings = await LiveChecks.RunAsync($"DATABASE_URL=postgresql://{login.Username}:{login.Password}@127.0.0.1:{server.Port}/postgres");

        Assert.Contains("standby", findings.Of("live-recovery", FindingLevel.Error).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("transaction", FindingLevel.Warning)]
    [InlineData("session", FindingLevel.Note)]
    public async Task A_pooler_and_its_mode_are_found(string mode, FindingLevel level)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, ignoresOptions: false);

        var findings = await LiveChecks.RunAsync($"DATABASE_URL={bouncer.Url("postgres")}");

        Assert.Contains($"{mode} mode", findings.Of("live-pooler", level).Message, StringComparison.Ordinal);
        Assert.Contains("pooler", findings.Of("live-budget", FindingLevel.Note).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_swallows_everything_ends_at_the_time_limit_and_can_be_called_off()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var text = $"DATABASE_URL=postgresql://u:p@127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}/d";
        var clock = Stopwatch.StartNew();

        var findings = await LiveChecks.RunAsync(text, options: Quick);

        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(450), TimeSpan.FromSeconds(8));
        Assert.Contains("did not answer", findings.Of("live-tls", FindingLevel.Error).Message, StringComparison.Ordinal);
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LiveChecks.RunAsync(text, options: Quick with { ProbeLimit = TimeSpan.FromMinutes(1) }, cancellationToken: end.Token));
    }

    [Fact]
    public async Task Nothing_listening_and_a_name_that_does_not_resolve_are_told_apart()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        (await LiveChecks.RunAsync($"DATABASE_URL=postgresql://u:p@127.0.0.1:{port}/d")).Of("live-tcp", FindingLevel.Error);
        (await LiveChecks.RunAsync("DATABASE_URL=postgresql://u:p@no-such-host.invalid/d")).Of("live-dns", FindingLevel.Error);
    }

    [Fact]
    public async Task A_server_that_asks_for_the_password_in_clear_never_gets_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = new StringBuilder();
        var serving = ServeAsync(listener, heard);

        var findings = await LiveChecks.RunAsync($"DATABASE_URL=postgresql://u:Zq91secret@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/d?sslmode=prefer");
        listener.Stop();
        await serving;

        Assert.Contains("The password was not sent", findings.Of("live-sign-in", FindingLevel.Error).Message, StringComparison.Ordinal);
        Assert.Contains("user", heard.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Zq91secret", heard.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_host_of_a_list_is_judged_alone()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync();

        var findings = await LiveChecks.RunAsync($"DATABASE_URL=postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port},169.254.169.254,[::ffff:169.254.169.254]:80,%2Fvar%2Frun/postgres");

        Assert.Equal(3, findings.Count(finding => finding is { Rule: "live-refused", Level: FindingLevel.Error }));
        findings.Of("live-sign-in", FindingLevel.Note);
    }

    [Fact]
    public async Task Replicas_are_asked_on_their_own()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync();
        var address = $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/postgres";

        var findings = await LiveChecks.RunAsync($"DATABASE_URL={address}\nDATABASE_REPLICA_URLS={address}");

        Assert.Equal("DATABASE_REPLICA_URLS", findings.Of("live-recovery", FindingLevel.Warning).Key);
    }

    [Fact]
    public async Task A_replica_is_counted_against_its_own_server_and_two_engines_take_twice_as_much()
    {
        var primary = await PostgresServers.GetAsync();
        await using var replica = await PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "30" });
        var (one, other) = (await primary.CreateRoleAsync(), await replica.CreateRoleAsync());
        var text = $"DATABASE_URL=postgresql://{one.Name}:{one.Password}@127.0.0.1:{primary.Port}/postgres\nDATABASE_REPLICA_URLS=postgresql://{other.Name}:{other.Password}@127.0.0.1:{replica.Port}/postgres\nDB_POOL_SIZE=8\nDB_MAX_OVERFLOW=8\n";

        var (fits, budgets) = await LiveChecks.BudgetsAsync(text, new LiveOptions());
        Assert.DoesNotContain(fits, finding => finding is { Rule: "live-budget", Level: FindingLevel.Error });
        Assert.Equal([$"127.0.0.1:{replica.Port}", $"127.0.0.1:{primary.Port}"], budgets.Select(budget => budget.Place));
        Assert.Equal((30, 16L), (budgets[0].Limit, budgets[0].Needed));

        var (twice, _) = await LiveChecks.BudgetsAsync(text, new LiveOptions { Engines = 2 });
        Assert.All(twice.Where(finding => finding is { Rule: "live-budget", Level: FindingLevel.Error }), finding => Assert.Contains($"127.0.0.1:{replica.Port} has", finding.Message, StringComparison.Ordinal));
        Assert.Equal(2, twice.Count(finding => finding is { Rule: "live-budget", Level: FindingLevel.Error }));
    }

    [Fact]
    public async Task Sessions_that_another_environment_holds_now_are_not_counted_beside_its_whole_pool()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.All[0], new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "40" });
        var (mine, theirs) = (await server.CreateRoleAsync(), await server.CreateRoleAsync());
        string Text(TestRole role, int size) => $"DATABASE_URL=postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/postgres\nDB_POOL_SIZE={size}\nDB_MAX_OVERFLOW=0\nWEB_CONCURRENCY=2\n";
        var options = new LiveOptions { Others = [new OtherBackend(new EnvironmentSettings("staging", EnvFile.Parse(Text(theirs, 4))))] };
        var (_, before) = await LiveChecks.BudgetsAsync(Text(mine, 2), options);
        await using var held = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", theirs)) { Pooling = false, ApplicationName = "mnfst-rag-backend" }.ConnectionString);
        await held.OpenAsync();
        await using var tool = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres", theirs)) { Pooling = false, ApplicationName = "mnfst-admin" }.ConnectionString);
        await tool.OpenAsync();

        var (_, after) = await LiveChecks.BudgetsAsync(Text(mine, 2), options);

        Assert.Equal([new BudgetShare("staging", 8)], after.Single().Shares);
        Assert.Equal((before.Single().OtherSessions + 1, before.Single().DashboardSessions + 1), (after.Single().OtherSessions, after.Single().DashboardSessions));
        Assert.Equal(40 - after.Single().Reserved - after.Single().OtherSessions - 8, after.Single().Available);
    }

    [SkippableTheory]
    [InlineData("session", 5, 5, "a pool of 5 sessions")]
    [InlineData("transaction", 90, 100, "max_client_conn 100")]
    public async Task Behind_a_pooler_its_own_limit_counts(string mode, int least, int most, string words)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, ignoresOptions: false, "stats_users = watcher\n");
        var console = new PgBouncerAddress(new DatabaseHost("127.0.0.1", bouncer.Port), "watcher", null, "disable", null);
        await using var asked = new PgBouncerConsole(console, ReachPolicy.OwnMachine, TimeSpan.FromSeconds(5), TimeProvider.System);
        var reading = (await asked.ReadAsync(CancellationToken.None)).Value!;
        var options = new LiveOptions { PoolerAllowance = reading.Allow };

        var (findings, budgets) = await LiveChecks.BudgetsAsync($"DATABASE_URL={bouncer.Url("postgres")}\nDB_POOL_SIZE=4000\nDB_MAX_OVERFLOW=0\n", options);

        var budget = Assert.Single(budgets);
        Assert.True(budget is { IsPooler: true, IsExceeded: true });
        Assert.InRange(budget.Available, least, most);
        Assert.Contains(words, findings.Of("live-budget", FindingLevel.Error).Message, StringComparison.Ordinal);
    }

    private static async Task ServeAsync(TcpListener listener, StringBuilder heard)
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                clients.Add(AnswerAsync(await listener.AcceptTcpClientAsync(), heard));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(clients);
        }
    }

    /// <summary>No to TLS; then AuthenticationCleartextPassword.</summary>
    private static async Task AnswerAsync(TcpClient client, StringBuilder heard)
    {
        using var one = client;
        var stream = client.GetStream();
        var buffer = new byte[4096];
        try
        {
            for (var read = await stream.ReadAsync(buffer); read > 0; read = await stream.ReadAsync(buffer))
            {
                lock (heard)
                {
                    heard.Append(Encoding.Latin1.GetString(buffer, 0, read));
                }

                await stream.WriteAsync(read == 8 ? "N"u8.ToArray() : [(byte)'R', 0, 0, 0, 8, 0, 0, 0, 3]);
            }
        }
        catch (IOException)
        {
            // The client has seen enough.
        }
    }
}
