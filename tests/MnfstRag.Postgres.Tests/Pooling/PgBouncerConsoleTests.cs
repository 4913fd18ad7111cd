using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Tests.Connecting;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Pooling;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PgBouncerConsoleTests
{
    private const string Console = "admin_users = pgbouncer\nstats_users = watcher\ndefault_pool_size = 2\n";

    [SkippableTheory]
    [InlineData("session")]
    [InlineData("transaction")]
    public async Task Clients_that_wait_are_counted_with_the_time_of_the_first(string mode)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, mode, ignoresOptions: false, Console + "max_client_conn = 50\nreserve_pool_size = 1\nreserve_pool_timeout = 60");
        await using var console = At(bouncer, "watcher");
        await using var source = Clients(bouncer, database.Name);
        var held = new List<NpgsqlConnection>();
        for (var i = 0; i < 2; i++)
        {
            held.Add(await source.OpenConnectionAsync());
            await using var begin = new NpgsqlCommand("BEGIN", held[i]);
            await begin.ExecuteNonQueryAsync();
        }

        await using var third = await source.OpenConnectionAsync();
        await using var work = new NpgsqlCommand("SELECT 1", third);
        var working = work.ExecuteScalarAsync();
        var reading = await UntilAsync(console, reading => reading.Waiting == 1 && reading.MaxWait > TimeSpan.Zero);

        var pool = Assert.Single(reading.Of(database.Name));
        Assert.Equal((database.Name, "postgres", 2, 1, 2, mode), (pool.Database, pool.User, pool.ClientsActive, pool.ClientsWaiting, pool.ServersActive, pool.Mode));
        Assert.Equal((2, 1, 3), (pool.Size, pool.Reserve, pool.Most));
        Assert.Equal((50, 4, 2, mode), (reading.MaxClients, reading.Clients, reading.PoolSize, reading.Mode));
        Assert.StartsWith("1.", reading.Version, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(120), reading.WaitLimit);
        Assert.Null(reading.MostPerDatabase);

        await held[0].DisposeAsync();
        await working;
        await held[1].DisposeAsync();
        Assert.Equal(0, (await UntilAsync(console, after => after.Waiting == 0)).Waiting);
    }

    [SkippableTheory]
    [InlineData("md5", null)]
    [InlineData("scram-sha-256", null)]
    [InlineData("plain", "asks for the password in clear")]
    public async Task A_password_is_proven_and_never_sent_in_clear(string auth, string? refusal)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        await using var bouncer = await AuthenticatedAsync(auth);
        await using var right = At(bouncer, "watcher", "s3cret, \"with\" 'all' = of it");
        await using var wrong = At(bouncer, "watcher", "another");
        await using var none = At(bouncer, "watcher");

        var answer = await right.ReadAsync(CancellationToken.None);

        if (refusal is not null)
        {
            Assert.Contains(refusal, answer.Fault, StringComparison.Ordinal);
            return;
        }

        Assert.Null(answer.Fault);
        Assert.NotNull(answer.Value);
        Assert.Contains("refused user watcher", (await wrong.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("wants a password", (await none.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_user_who_may_not_look_is_told_which_setting_lets_them()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        await using var bouncer = await PgBouncer.StartAsync(
            await PostgresServers.GetAsync(), "session", ignoresOptions: false, "auth_type = trust\nauth_file = {directory}/users.txt\nstats_users = watcher", new Dictionary<string, string> { ["users.txt"] = "\"stranger\" \"\"\n" });
        await using var console = At(bouncer, "stranger");

        Assert.Contains("stats_users", (await console.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_stays_inside_when_nobody_else_gets_in_and_the_refusal_is_explained()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        await using var database = await server.CreateDatabaseAsync();
        await using var bouncer = await PgBouncer.StartAsync(server, "session", ignoresOptions: false, Console + "max_client_conn = 2");
        await using var console = At(bouncer, "watcher");
        Assert.Null((await console.ReadAsync(CancellationToken.None)).Fault);
        await using var source = Clients(bouncer, database.Name);
        await using var first = await source.OpenConnectionAsync();

        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await source.OpenConnectionAsync());

        var fault = ConnectionFault.From(refused, DatabaseUrl.Parse(bouncer.Url(database.Name)).Url!);
        Assert.Equal(ConnectionFaultKind.NoSlots, fault.Kind);
        Assert.Contains("raise max_client_conn", fault.Words, StringComparison.Ordinal);
        var answer = await console.ReadAsync(CancellationToken.None);
        Assert.Null(answer.Fault);
        Assert.Equal((2, 2), (answer.Value!.MaxClients, answer.Value.Clients));
    }

    [SkippableFact]
    public async Task A_restart_is_survived_and_an_absence_is_said()
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync();
        var bouncer = await PgBouncer.StartAsync(server, "session", ignoresOptions: false, Console);
        await using var console = At(bouncer, "watcher");
        Assert.Null((await console.ReadAsync(CancellationToken.None)).Fault);
        await bouncer.DisposeAsync();

        Assert.Contains("Nothing listens", (await console.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);

        await using var again = await PgBouncer.StartAsync(server, "session", ignoresOptions: false, Console, port: bouncer.Port);
        Assert.Null((await console.ReadAsync(CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task A_server_without_a_console_is_told_apart()
    {
        var server = await PostgresServers.GetAsync();
        var login = new NpgsqlConnectionStringBuilder(server.ConnectionString());
        await using var console = At(new DatabaseHost(server.Host, server.Port), login.Username!, login.Password);

        Assert.Contains("without an admin console", (await console.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_who_is_not_listed()
    {
        var server = await PostgresServers.GetAsync();
        var address = new PgBouncerAddress(new DatabaseHost(server.Host, server.Port), "watcher", null, "disable", null);
        await using var console = new PgBouncerConsole(address, new ReachPolicy { Listed = new HashSet<string>() }, TimeSpan.FromSeconds(3), TimeProvider.System);

        Assert.Contains("Outgoing:Allowed", (await console.ReadAsync(CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    private static PgBouncerConsole At(PgBouncer bouncer, string user, string? password = null) => At(new DatabaseHost("127.0.0.1", bouncer.Port), user, password);

    private static PgBouncerConsole At(DatabaseHost host, string user, string? password) =>
        new(new PgBouncerAddress(host, user, password, "prefer", null), new ReachPolicy { Listed = new HashSet<string> { host.ToString() } }, TimeSpan.FromSeconds(10), TimeProvider.System);

    private static NpgsqlDataSource Clients(PgBouncer bouncer, string database)
    {
        var settings = DatabaseUrl.Parse(bouncer.Url(database)).Url!.ToConnectionStringBuilder();
        (settings.Pooling, settings.NoResetOnClose, settings.Timeout) = (false, true, 20);
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private static async Task<PgBouncer> AuthenticatedAsync(string auth) => await PgBouncer.StartAsync(
        await PostgresServers.GetAsync(),
        "session",
        ignoresOptions: false,
        $"auth_type = {auth}\nauth_file = {{directory}}/users.txt\nstats_users = watcher",
        new Dictionary<string, string> { ["users.txt"] = "\"watcher\" \"s3cret, \"\"with\"\" 'all' = of it\"\n" });

    private static async Task<PgBouncerReading> UntilAsync(PgBouncerConsole console, Func<PgBouncerReading, bool> wanted)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await console.ReadAsync(CancellationToken.None);
            Assert.Null(answer.Fault);
            if (wanted(answer.Value!) || attempt == 100)
            {
                return answer.Value!;
            }

            await Task.Delay(50);
        }
    }
}
