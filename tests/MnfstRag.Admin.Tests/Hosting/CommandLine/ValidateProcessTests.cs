using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.CommandLine;

/// <summary><c>validate</c> as a person and as a pipeline use it.</summary>
public sealed class ValidateProcessTests : IDisposable
{
    private const string Password = "Zk39xkPq77sLmQ2v";
    private const string Key = "q8Zr0vN3xYtB6mWc1LdKj5HsGf2PaUe9";
    private const string Clean = $"DATABASE_URL=postgresql://mnfst:{Password}@db.example.com:5432/mnfst_rag?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem\nJWT_SECRET_KEY={Key}\n";

    private static readonly string[] Levels = ["error", "warning", "note"];

    private readonly string _directory = Directory.CreateTempSubdirectory("validate").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_clean_file_ends_with_0_though_it_has_notes()
    {
        var ended = await AdminProcess.RunAsync("validate", "--file", Write(Clean), "--environment", "production", "--json");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Equal("", ended.Error);
        Assert.All(Findings(ended.Output, "production"), finding => Assert.Equal("note", finding.Level));
        Assert.NotEmpty(Findings(ended.Output, "production"));
    }

    [Fact]
    public async Task Warnings_end_with_1_and_errors_with_2()
    {
        var warned = await RunAsync(Clean.Replace("verify-full&sslrootcert=/etc/ssl/ca.pem", "require", StringComparison.Ordinal), "production", "--json");
        var failed = await RunAsync(Clean.Replace("verify-full&sslrootcert=/etc/ssl/ca.pem", "prefer", StringComparison.Ordinal) + "DB_POOL_SIZE=many\nJWT_ALGORITHM=none\n", "production", "--json");

        Assert.Equal(1, warned.ExitCode);
        Assert.Equal([("DATABASE_URL", "ssl-mode-unverified")], Findings(warned.Output, "production").Where(finding => finding.Level != "note").Select(finding => (finding.Key, finding.Rule)));
        Assert.Equal(2, failed.ExitCode);
        Assert.Equal(
            [("DATABASE_URL", "ssl-mode-weak"), ("DB_POOL_SIZE", "wrong-type"), ("JWT_ALGORITHM", "jwt-algorithm-none")],
            Findings(failed.Output, "production").Where(finding => finding.Level == "error").Select(finding => (finding.Key, finding.Rule)).Order());
    }

    [Theory]
    [InlineData("--file is missing", "--environment", "production")]
    [InlineData("--environment is missing", "--file", "FILE")]
    [InlineData("does not exist", "--file", "/no/such/file", "--environment", "production")]
    [InlineData("is a folder", "--file", "/tmp", "--environment", "production")]
    [InlineData("no option --fiel", "--fiel", "FILE", "--environment", "production")]
    [InlineData("--workers", "--file", "FILE", "--environment", "production", "--workers", "0")]
    [InlineData("--workers", "--file", "FILE", "--environment", "production", "--workers", "two")]
    [InlineData("--compare takes name=path", "--file", "FILE", "--environment", "production", "--compare", "x")]
    [InlineData("--environment is no name", "--file", "FILE", "--environment", "postgresql://u:geheim@h/d")]
    public async Task A_wrong_command_line_ends_with_64_and_one_clear_sentence(string words, params string[] arguments)
    {
        var path = Write(Clean);

        var ended = await CommandRun.RunAsync(["validate", .. arguments.Select(argument => argument == "FILE" ? path : argument)]);

        Assert.Equal(64, ended.ExitCode);
        Assert.Equal("", ended.Output);
        Assert.Contains(words, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_any_bytes_are_judged_and_give_JSON_and_nothing_else()
    {
        var random = new byte[100_000];
        new Random(7).NextBytes(random);
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("empty", []),
            ("as long as a file may be", Encoding.UTF8.GetBytes($"JWT_SECRET_KEY={new string('k', 1024 * 1024 - 15)}")),
            ("NUL", Encoding.UTF8.GetBytes($"{Clean}APP_NAME=a\0b\n")),
            ("CRLF", Encoding.UTF8.GetBytes(Clean.Replace("\n", "\r\n", StringComparison.Ordinal))),
            ("byte order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Clean)]),
            ("UTF-16", Encoding.Unicode.GetBytes(Clean)),
            ("random bytes", random),
            ("an open quote", Encoding.UTF8.GetBytes($"APP_NAME=\"a\n{Clean}")),
            ("references without end", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"A{i}=${{A{i - 1}}}${{A{i - 1}}}x\n")))),
        })
        {
            var path = Path.Combine(_directory, "any.env");
            await File.WriteAllBytesAsync(path, bytes);

            var ended = await CommandRun.RunAsync("validate", "--file", path, "--environment", "production", "--json");

            Assert.True(ended.ExitCode is 0 or 1 or 2, $"{name}: {ended.ExitCode} {ended.Error}");
            var findings = Findings(ended.Output, "production");
            Assert.Equal(ended.ExitCode, findings.Max(finding => finding.Level switch { "error" => 2, "warning" => 1, _ => 0 }));
            Assert.Equal("", ended.Error);
            AssertNoSecret(ended);
        }
    }

    [Theory]
    [InlineData("qa")]
    [InlineData("Prod")]
    [InlineData("Küche 7")]
    public async Task An_environment_of_any_name_is_judged_strictly(string environment)
    {
        var ended = await RunAsync(Clean.Replace("verify-full", "disable", StringComparison.Ordinal), environment, "--json");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(("DATABASE_URL", "ssl-mode-weak", "error"), Findings(ended.Output, environment));
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_file_that_may_not_be_read_is_a_wrong_command_line_and_one_that_another_program_writes_is_read()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs the rights of unix");
        var path = Write(Clean);
        File.SetUnixFileMode(path, UnixFileMode.None);
        Skip.If(Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"), "root may read every file");
        var (program, before) = Environment.IsPrivilegedProcess ? ("setpriv", new[] { "--reuid=65534", "--regid=65534", "--clear-groups", "dotnet" }) : ("dotnet", []);
        var start = new System.Diagnostics.ProcessStartInfo(program, [.. before, "exec", typeof(MnfstRag.Admin.Hosting.CommandLine.AdminCommandLine).Assembly.Location, "validate", "--file", path, "--environment", "production", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var ended = await AdminProcess.RunAsync(start);

        Assert.True(ended.ExitCode == 64, $"{ended.ExitCode} {ended.Output} {ended.Error}");
        Assert.Contains("cannot be read", ended.Error, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
    }

    [SkippableFact]
    public async Task A_result_that_cannot_be_written_ends_with_70_and_says_so_without_a_secret()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs a device that is always full");
        var program = typeof(MnfstRag.Admin.Hosting.CommandLine.AdminCommandLine).Assembly.Location;
        var start = new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", "exec dotnet exec \"$1\" validate --file \"$2\" --environment production --json > /dev/full", "sh", program, Write(Clean)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        var ended = await AdminProcess.RunAsync(start);

        Assert.True(ended.ExitCode == 70, $"{ended.ExitCode} {ended.Output} {ended.Error}");
        Assert.Equal("", ended.Output);
        Assert.Contains("a fault of its own (IOException)", ended.Error, StringComparison.Ordinal);
        AssertNoSecret(ended);
    }

    [SkippableFact]
    public async Task A_file_that_breaks_off_while_it_is_read_is_told_and_nothing_is_judged()
    {
        // It opens, and reading it fails with EIO.
        Skip.IfNot(File.Exists("/proc/self/mem"), "needs procfs");

        var ended = await AdminProcess.RunAsync("validate", "--file", "/proc/self/mem", "--environment", "production", "--json");

        Assert.Equal((64, ""), (ended.ExitCode, ended.Output));
        Assert.Contains("cannot be read", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dotnet_run_adds_nothing_to_standard_output()
    {
        var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(MnfstRag.Admin.Hosting.CommandLine.AdminCommandLine).Assembly.Location)!, "../../../../../src/MnfstRag.Admin"));
        var configuration = typeof(ValidateProcessTests).Assembly.Location.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", ["run", "--no-build", "-c", configuration, "--project", project, "--", "validate", "--file", Write(Clean), "--environment", "production", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };

        var ended = await AdminProcess.RunAsync(start);

        Assert.True(ended.ExitCode == 0, $"{ended.ExitCode} {ended.Output} {ended.Error}");
        Assert.NotEmpty(Findings(ended.Output, "production"));
        Assert.DoesNotContain("is not known", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_store_and_no_configuration_are_looked_at()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ConnectionStrings:Admin"] = "no connection string at all",
            ["Outgoing:Allowed"] = "nonsense",
            ["Environments:production:Watch"] = "mysql://x",
        };

        var ended = await AdminProcess.RunOnStoreAsync(settings, null, "validate", "--file", Write(Clean), "--environment", "production", "--json");

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
    }

    [Fact]
    public async Task A_file_beyond_all_measure_is_refused()
    {
        var ended = await RunAsync(new string('#', 1024 * 1024 + 1), "production");

        Assert.Equal(64, ended.ExitCode);
        Assert.Contains("longer than", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_findings_grouped_by_level_without_colours_in_a_pipe()
    {
        var ended = await RunAsync("DATABASE_URL=postgres://u:p@h/d\nLOG_LEVEL=info\n", "development");

        Assert.Equal(2, ended.ExitCode);
        Assert.StartsWith("Settings of development", ended.Output, StringComparison.Ordinal);
        Assert.Contains("1 error", ended.Output, StringComparison.Ordinal);
        Assert.True(ended.Output.IndexOf("1 error", StringComparison.Ordinal) < ended.Output.IndexOf("1 warning", StringComparison.Ordinal), ended.Output);
        Assert.DoesNotContain('\u001b', ended.Output);
    }

    [Fact]
    public async Task A_secret_of_another_environment_is_found_by_compare()
    {
        var other = Write($"JWT_SECRET_KEY={Key}\n");

        var ended = await RunAsync(Clean, "production", "--json", "--compare", $"development={other}");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(("JWT_SECRET_KEY", "secret-reused", "error"), Findings(ended.Output, "production"));
        AssertNoSecret(ended);
    }

    [Fact]
    public async Task Nothing_secret_is_ever_written()
    {
        foreach (var text in new[]
        {
            Clean,
            $"DATABASE_URL=postgresql://u:{Password}/{Key}@h/d\nJWT_SECRET_KEY=\"{Key}\n",
            $"DATABASE_URL=postgresql://u:{Password}%@h:99999/d?sslmode={Key}\nDB_POOL_SIZE={Key}\nLOG_LEVEL={Password}\nALLOWED_ORIGINS={Key}\nENVIRONMENT={Password}\nDB_SSL_MODE={Key}\n",
            $"{Key}\n{Key}={Password}\nJWT_ALGORITHM={Key}\nVAULT_URL={Password}\nA=${{{Key}}}\nDEBUG={Key}\n{Password}\n",
            $"DATABASE_URL={Password}\nDATABASE_REPLICA_URLS=postgres://u:{Password}@h,mysql://{Key}\n",
        })
        {
            foreach (var extra in new string[][] { [], ["--json"], ["--live", "--json"] })
            {
                var ended = await RunAsync(text.Replace("db.example.com", "127.0.0.1", StringComparison.Ordinal).Replace(":5432", ":9", StringComparison.Ordinal), "production", extra);
                AssertNoSecret(ended);
                Assert.InRange(ended.ExitCode, 0, 2);
            }
        }
    }

    [Fact]
    public async Task Live_tries_the_server_and_keeps_standard_output_for_the_result()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync();
        var text = $"DATABASE_URL=postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/postgres\nDB_POOL_SIZE=5\nDB_MAX_OVERFLOW=10\n";

        var fits = await RunAsync(text, "development", "--live", "--json");
        var exceeds = await RunAsync(text, "development", "--live", "--json", "--workers", "40", "--engines", "2");

        Assert.Contains(("DATABASE_URL", "live-sign-in", "note"), Findings(fits.Output, "development"));
        Assert.Equal(2, exceeds.ExitCode);
        Assert.Contains(("DB_POOL_SIZE", "live-budget", "error"), Findings(exceeds.Output, "development"));
        Assert.DoesNotContain(role.Password, fits.Output + fits.Error + exceeds.Output + exceeds.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_offers_no_password_of_this_machine_where_the_settings_have_none()
    {
        var server = await PostgresServers.GetAsync();
        var role = await server.CreateRoleAsync();
        var pass = Write($"*:*:*:*:{role.Password}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(pass, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var file = Write($"DATABASE_URL=postgresql://{role.Name}@127.0.0.1:{server.Port}/postgres?sslmode=disable\n");
        foreach (var (name, value) in new[] { ("PGPASSWORD", role.Password), ("PGPASSFILE", pass) })
        {
            var ended = await AdminProcess.RunOnStoreAsync(
                new Dictionary<string, string?> { [name] = value }, null, "validate", "--file", file, "--environment", "development", "--live", "--json");

            Assert.Equal(2, ended.ExitCode);
            Assert.Contains(("DATABASE_URL", "live-sign-in", "error"), Findings(ended.Output, "development"));
            Assert.Contains("wants a password", ended.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(role.Password, ended.Output + ended.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Live_ends_in_time_where_nobody_answers()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();

        var ended = await RunAsync($"DATABASE_URL=postgresql://u:{Password}@127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}/d\n", "development", "--live", "--json");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(("DATABASE_URL", "live-tls", "error"), Findings(ended.Output, "development"));
        AssertNoSecret(ended);
    }

    private static void AssertNoSecret(AdminProcess.Ended ended)
    {
        Assert.DoesNotContain(Password, ended.Output + ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    /// <summary>Reads the JSON, whose shape is the promise.</summary>
    private static List<(string Key, string Rule, string Level)> Findings(string output, string environment)
    {
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["environment", "findings"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(environment, json.RootElement.GetProperty("environment").GetString());
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
        {
            Assert.Equal(["key", "rule", "level", "message", "remedy"], finding.EnumerateObject().Select(property => property.Name));
            Assert.Contains(finding.GetProperty("level").GetString(), Levels);
            Assert.NotEqual("", finding.GetProperty("message").GetString());
            return (finding.GetProperty("key").GetString()!, finding.GetProperty("rule").GetString()!, finding.GetProperty("level").GetString()!);
        })];
    }

    private Task<AdminProcess.Ended> RunAsync(string text, string environment, params string[] more) =>
        CommandRun.RunAsync(["validate", "--file", Write(text), "--environment", environment, .. more]);

    private string Write(string text)
    {
        var path = Path.Combine(_directory, $"{Guid.NewGuid():n}.env");
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
