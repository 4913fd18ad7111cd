using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MnfstRag.Admin.Hosting.CommandLine;
using MnfstRag.Postgres.Checking;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary><c>diagnose</c> as a person and as a script use it.</summary>
public sealed class DiagnoseProcessTests
{
    private const string Secret = "geheim-1f3a";

    private static readonly string[] Statuses = ["ok", "warning", "failing", "skipped"];

    [Fact]
    public async Task A_healthy_server_ends_with_0_and_JSON_alone_on_standard_output()
    {
        await using var database = await HealthyAsync();
        await using var backend = await BackendAsync(database);

        var ended = await AdminProcess.RunAsync("diagnose", "--database-url", Url(database), "--json");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Equal("", ended.Error);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal($"{database.Server.Host}:{database.Server.Port}/{database.Name}", json.RootElement.GetProperty("server").GetString());
        var checks = Shaped(json);
        Assert.All(checks.Where(check => check.GetProperty("name").GetString() is "audit-chain" or "vault"), check =>
        {
            Assert.Equal("skipped", check.GetProperty("status").GetString());
            Assert.Contains("store", check.GetProperty("evidence").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Warnings_end_with_1_and_say_what_helps()
    {
        await using var database = await HealthyAsync();

        var ended = await AdminProcess.RunAsync("diagnose", "--database-url", Url(database));

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("warning  pool ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("→ Look whether the product's backend runs", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 warning, ", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Error);
        Assert.Equal("", ended.Error);
    }

    [Fact]
    public async Task A_dead_server_ends_with_2_within_seconds()
    {
        var ended = await AdminProcess.RunAsync("diagnose", "--json", "--database-url", $"postgresql://app:{Secret}@127.0.0.1:{FreePort()}/mnfst");

        Assert.Equal(2, ended.ExitCode);
        Assert.Equal("failing", Status(ended, "reach"));
        Assert.Equal("failing", Status(ended, "sign-in"));
        Assert.Equal("skipped", Status(ended, "slots"));
        Silent(ended);
    }

    [Fact]
    public async Task A_server_that_hangs_costs_seconds_and_no_more()
    {
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        server.Freeze();
        try
        {
            var ended = await AdminProcess.RunAsync("diagnose", "--json", "--database-url", $"postgresql://app:{Secret}@127.0.0.1:{server.Port}/mnfst");

            Assert.Equal(2, ended.ExitCode);
            Assert.Equal("ok", Status(ended, "reach"));
            Assert.Equal("failing", Status(ended, "sign-in"));
            Assert.InRange(ended.Took, TimeSpan.Zero, TimeSpan.FromSeconds(9));
            Silent(ended);
        }
        finally
        {
            server.Thaw();
        }
    }

    [Fact]
    public async Task A_wrong_password_is_not_repeated()
    {
        var server = await PostgresServers.GetAsync();

        var text = await AdminProcess.RunAsync("diagnose", "--database-url", $"postgresql://postgres:{Secret}@{server.Host}:{server.Port}/postgres");
        var json = await AdminProcess.RunWithAsync($"postgresql://postgres:{Secret}@{server.Host}:{server.Port}/postgres", "diagnose", "--json", "--checks", "sign-in");

        Assert.Equal(2, text.ExitCode);
        Assert.Contains("28P01", text.Output, StringComparison.Ordinal);
        Assert.Equal("failing", Status(json, "sign-in"));
        Silent(text);
        Silent(json);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_the_way_to_a_server_is_named_every_check_is_listed_and_no_password_is_told()
    {
        const string Odd = "g%h:e/i m@1f3a";
        var password = Uri.EscapeDataString(Odd);
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync("pg_monitor");
        await using var hole = new FaultProxy(server.Port);
        hole.Swallow();

        await Task.WhenAll(
            LookAsync($"postgresql://{role.Name}:{password}@{server.Host}:{server.Port}/postgres", "sign-in", "28P01"),
            LookAsync($"postgresql://{role.Name}:{role.Password}@{server.Host}:{server.Port}/postgres?sslmode=require", "sign-in", "offers no TLS"),
            LookAsync($"postgresql://app:{password}@no-such-host.invalid:5432/mnfst", "reach", "no-such-host.invalid"),
            LookAsync($"postgresql://app:{password}@127.0.0.1:{hole.Port}/mnfst", "sign-in", "did not answer"),
            LookAsync($"postgresql://{role.Name}:{role.Password}@{server.Host}:{server.Port}/no_such_database", "sign-in", "3D000"));

        async Task LookAsync(string address, string failing, string words)
        {
            var ended = await CommandRun.RunAsync("diagnose", "--json", "--database-url", address);
            Assert.Equal((2, ""), (ended.ExitCode, ended.Error));
            using var json = JsonDocument.Parse(ended.Output);
            var checks = Shaped(json);
            var check = checks.Single(one => one.GetProperty("name").GetString() == failing);
            Assert.True(check.GetProperty("status").GetString() == "failing", ended.Output);
            Assert.Contains(words, check.GetProperty("evidence").GetString(), StringComparison.Ordinal);
            Assert.NotEqual("", check.GetProperty("remedy").GetString());
            Assert.All(new[] { Odd, password, role.Password }, secret => Assert.DoesNotContain(secret, ended.Output, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Chosen_checks_alone_are_listed_in_the_catalogues_order()
    {
        var server = await PostgresServers.GetAsync();

        var ended = await AdminProcess.RunWithAsync(UrlOf(server.ConnectionString()), "diagnose", "--json", "--checks", "wraparound, blocked,reach");

        Assert.Equal(0, ended.ExitCode);
        using var json = JsonDocument.Parse(ended.Output);
        Assert.Equal(["reach", "blocked", "wraparound"], json.RootElement.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("No address: give --database-url, or set DATABASE_URL", "diagnose")]
    [InlineData("The address cannot be used", "diagnose", "--database-url", $"mysql://u:{Secret}@h/d")]
    [InlineData("The address cannot be used", "diagnose", "--database-url", $"postgresql://u:{Secret}@h:port/d")]
    [InlineData("sqlite", "diagnose", "--database-url", "sqlite:///data.db")]
    [InlineData("There is no check slotz. There are: reach, sign-in, tls,", "diagnose", "--database-url", $"postgresql://u:{Secret}@h/d", "--checks", "slots,slotz")]
    [InlineData("There is no check (not shown)", "diagnose", "--database-url", "postgresql://h/d", "--checks", $"postgresql://u:{Secret}@h/d")]
    [InlineData("--checks names none", "diagnose", "--database-url", "postgresql://h/d", "--checks", ",")]
    [InlineData("takes no argument of that kind", "diagnose", $"postgresql://u:{Secret}@h/d")]
    [InlineData("has no option --database.", "diagnose", $"--database=postgresql://u:{Secret}@h/d")]
    [InlineData("takes no argument of that kind", "diagnose", $"--json={Secret}")]
    [InlineData("--database-url lacks its value", "diagnose", "--database-url")]
    [InlineData("--database-url lacks its value, has more than one", "diagnose", "--database-url", $"postgresql://u:{Secret}@h/d", "--database-url", $"postgresql://u:{Secret}@h/d")]
    public async Task Wrong_usage_ends_with_64_and_says_what_is_wrong(string words, params string[] arguments)
    {
        var ended = await CommandRun.RunAsync(arguments);

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
        Assert.Contains("--help", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
        Silent(ended);
    }

    [Fact]
    public async Task Help_teaches_and_keeps_the_environments_secret()
    {
        var ended = await AdminProcess.RunWithAsync($"postgresql://u:{Secret}@h/d", "diagnose", "--help");

        Assert.Equal(0, ended.ExitCode);
        Assert.All(new[] { "--database-url", "--checks", "--json", "long-transactions", "64", "DATABASE_URL" }, word => Assert.Contains(word, ended.Output, StringComparison.Ordinal));
        Silent(ended);
    }

    [Theory]
    [InlineData("dotnet MnfstRag.Admin.dll --urls")]
    [InlineData("diagnose --json | jq", "diagnose")]
    [InlineData("validate --file .env.production --environment production --live", "validate")]
    [InlineData("create-admin --name ada < password.txt", "create-admin")]
    [InlineData("dotnet MnfstRag.Admin.dll migrate", "migrate")]
    [InlineData("verify-audit --head 4711:", "verify-audit")]
    public async Task Help_of_each_command_says_how_it_ends_and_has_examples(string example, params string[] command)
    {
        var ended = await CommandRun.RunAsync([.. command, "--help"]);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Contains("Examples:", ended.Output, StringComparison.Ordinal);
        Assert.Contains(example, ended.Output, StringComparison.Ordinal);
        Assert.Contains("Exit code:", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_program_itself_ends_with_70_and_keeps_the_address()
    {
        var terminal = new BrokenTerminal();
        var command = DiagnoseCommand.Create(terminal, TimeProvider.System, _ => $"postgresql://u:{Secret}@127.0.0.1:1/d");

        var exit = await command.Parse(["--checks", "audit-chain"]).InvokeAsync();

        Assert.Equal(70, exit);
        Assert.Contains("InvalidOperationException", terminal.Faults, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, terminal.Faults, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Colours_and_progress_are_for_a_terminal_alone()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "script (util-linux) gives a process a terminal; it is not here.");
        var server = await PostgresServers.GetAsync();
        var program = $"dotnet exec '{typeof(AdminCommandLine).Assembly.Location}' diagnose --checks reach,size";

        var terminal = await InTerminalAsync(program, UrlOf(server.ConnectionString()), noColour: false);
        var plain = await InTerminalAsync(program, UrlOf(server.ConnectionString()), noColour: true);

        Assert.Contains("\u001b[32mok", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("Checked 2 of 2", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[32m", plain.Output, StringComparison.Ordinal);
    }

    private static Task<AdminProcess.Ended> InTerminalAsync(string program, string databaseUrl, bool noColour)
    {
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", program, "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.Environment["DATABASE_URL"] = databaseUrl;
        start.Environment["NO_COLOR"] = noColour ? "1" : "";
        return AdminProcess.RunAsync(start);
    }

    private static async Task<TestDatabase> HealthyAsync()
    {
        var database = await (await PostgresServers.GetAsync()).CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE TABLE alembic_version (version_num varchar(32)); INSERT INTO alembic_version VALUES ('abc123')");
        return database;
    }

    private static async Task<NpgsqlConnection> BackendAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = "mnfst-rag-backend", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static string Url(TestDatabase database) => UrlOf(database.ConnectionString);

    private static string UrlOf(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://{parts.Username}:{Uri.EscapeDataString(parts.Password!)}@{parts.Host}:{parts.Port}/{parts.Database}");
    }

    /// <summary>The shape, which is a promise: every check once, in the catalogue's order, and one that was skipped says why.</summary>
    private static List<JsonElement> Shaped(JsonDocument json)
    {
        Assert.Equal(["server", "checks"], json.RootElement.EnumerateObject().Select(property => property.Name));
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(HealthChecks.Names, checks.Select(check => check.GetProperty("name").GetString()));
        Assert.All(checks, check =>
        {
            Assert.Equal(["name", "status", "evidence", "remedy", "milliseconds"], check.EnumerateObject().Select(property => property.Name));
            Assert.Contains(check.GetProperty("status").GetString(), Statuses);
            Assert.NotEqual("", check.GetProperty("evidence").GetString());
            Assert.Equal(JsonValueKind.String, check.GetProperty("remedy").ValueKind);
            Assert.InRange(check.GetProperty("milliseconds").GetInt64(), 0, 60_000);
        });
        return checks;
    }

    private static string? Status(AdminProcess.Ended ended, string name)
    {
        using var json = JsonDocument.Parse(ended.Output);
        return json.RootElement.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name).GetProperty("status").GetString();
    }

    private static void Silent(AdminProcess.Ended ended)
    {
        Assert.DoesNotContain(Secret, ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, ended.Error, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class BrokenTerminal : MnfstRag.Admin.Hosting.ITerminal
    {
        public string Faults { get; private set; } = "";

        public void Line(string text) => throw new InvalidOperationException(Secret);

        public void Progress(string text)
        {
        }

        public void Error(string text) => Faults += text;

        public string? ReadLine() => null;
    }
}
