using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Clusters;
using MnfstRag.Postgres.Embedded.Processes;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Embedded;

public sealed class EmbeddedServerTests
{
    internal static readonly Dictionary<string, string> Quick = new(StringComparer.Ordinal) { ["fsync"] = "off", ["shared_buffers"] = "16MB" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string directory = TestHome.NewDataDirectory("embedded");

    private EmbeddedServerOptions Options => new() { DataDirectory = directory, Settings = Quick };

    [Fact]
    public async Task It_listens_on_loopback_alone_asks_for_a_password_and_keeps_secrets_to_its_owner()
    {
        await using var server = await StartAsync();

        Assert.Equal("127.0.0.1||scram-sha-256", await ScalarAsync(
            server, "SELECT concat_ws('|', current_setting('listen_addresses'), current_setting('unix_socket_directories'), current_setting('password_encryption'))"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "wrong", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState);
        await server.RolePasswordAsync("someone", CancellationToken.None);
        Assert.All(
            Directory.EnumerateFiles(Path.GetDirectoryName(directory)!, Path.GetFileName(directory) + "*.password"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixMode(file)));
    }

    [Fact]
    public async Task A_stopped_server_is_gone_and_the_next_start_finds_its_rows_on_the_same_port()
    {
        var first = await StartAsync();
        await ScalarAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        var port = first.Port;
        await first.DisposeAsync();
        Assert.Empty(ClusterProcesses.Of(directory));

        await using var second = await StartAsync();

        Assert.Equal(port, second.Port);
        Assert.False(second.IsAdopted);
        Assert.Equal(42, await ScalarAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Two_owners_of_one_directory_are_refused_in_one_sentence()
    {
        await using var server = await StartAsync();

        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(StartAsync);

        Assert.StartsWith($"{directory} is in use by another running dashboard", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_of_a_killed_owner_is_adopted_as_it_runs()
    {
        var process = await RunAndKillOwnerAsync();

        await using var server = await StartAsync();

        Assert.True(server.IsAdopted);
        Assert.Equal(process, server.ProcessId);
        Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task The_server_of_a_killed_owner_is_replaced_when_it_is_frozen_or_wants_other_settings()
    {
        var frozen = await RunAndKillOwnerAsync();
        foreach (var process in ClusterProcesses.Of(directory))
        {
            _ = Libc.Signal(process, PosixSignal.Stop);
        }

        await using (var server = await StartAsync())
        {
            Assert.NotEqual(frozen, server.ProcessId);
            Assert.Equal(1, await ScalarAsync(server, "SELECT 1"));
        }

        var other = await RunAndKillOwnerAsync();
        var options = Options with { Settings = new Dictionary<string, string>(Quick, StringComparer.Ordinal) { ["max_connections"] = "23" } };
        await using var changed = await EmbeddedServer.StartAsync(options, progress: null, CancellationToken.None);
        Assert.NotEqual(other, changed.ProcessId);
        Assert.Equal("23", await ScalarAsync(changed, "SHOW max_connections"));
    }

    [Fact]
    public async Task A_stale_pid_file_is_cleared_and_a_stranger_with_that_pid_is_left_alone()
    {
        await (await StartAsync()).DisposeAsync();
        // Of the servers' own account: one that pg_ctl could end, and that PostgreSQL would take for a server.
        using var stranger = Process.Start(ServiceAccount.Start(ServiceAccount.Find(), "/bin/sleep", ["300"]))!;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory, "postmaster.pid"),
                string.Create(CultureInfo.InvariantCulture, $"{stranger.Id}\n{directory}\n1\n5432\n\n127.0.0.1\n1 1\nready\n"));

            await using (var server = await StartAsync())
            {
                Assert.False(server.IsAdopted);
                Assert.NotEqual(stranger.Id, server.ProcessId);
            }

            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task A_server_whose_postmaster_was_killed_starts_again()
    {
        var server = await StartAsync();
        Process.GetProcessById(server.ProcessId).Kill();
        await server.DisposeAsync();

        await using var next = await StartAsync();

        Assert.Equal(1, await ScalarAsync(next, "SELECT 1"));
    }

    [Fact]
    public async Task A_port_that_another_program_took_is_left_to_it()
    {
        var first = await StartAsync();
        var port = first.Port;
        await first.DisposeAsync();
        using var other = new TcpListener(IPAddress.Loopback, port);
        other.Start();

        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => EmbeddedServer.StartAsync(Options with { Port = port }, progress: null, CancellationToken.None));
        Assert.StartsWith($"Port {port} on 127.0.0.1 is taken", fault.Message, StringComparison.Ordinal);

        await using var moved = await StartAsync();
        Assert.NotEqual(port, moved.Port);
    }

    [Fact]
    public async Task A_foreign_directory_and_one_of_another_version_are_left_untouched()
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "diary.txt"), "mine");
        var foreign = await Assert.ThrowsAsync<EmbeddedServerException>(StartAsync);
        Assert.Contains("neither empty nor a PostgreSQL data directory", foreign.Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(directory, "PG_VERSION"), "13\n");
        var older = await Assert.ThrowsAsync<EmbeddedServerException>(StartAsync);
        Assert.Contains("was made by PostgreSQL 13, and PostgreSQL 18 was asked for", older.Message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(directory).Count());
    }

    [Fact]
    public async Task A_setting_that_the_server_refuses_is_named_with_the_log()
    {
        var options = Options with { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_preload_libraries"] = "no_such_library" } };

        var fault = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(options, progress: null, CancellationToken.None));

        Assert.Contains("no_such_library", fault.Message, StringComparison.Ordinal);
        Assert.Contains(directory + ".log", fault.Message, StringComparison.Ordinal);
        Assert.Empty(ClusterProcesses.Of(directory));
    }

    private Task<EmbeddedServer> StartAsync() => EmbeddedServer.StartAsync(Options, progress: null, CancellationToken.None);

    /// <summary>The postmaster that a killed owner left running.</summary>
    private async Task<int> RunAndKillOwnerAsync()
    {
        var assembly = typeof(EmbeddedServerTests).Assembly.Location;
        using var owner = Process.Start("dotnet", ["exec", assembly, directory]);
        using var limit = new CancellationTokenSource(Patience);
        var sign = directory + ".started";
        while (!File.Exists(sign))
        {
            await Task.Delay(50, limit.Token);
        }

        File.Delete(sign);
        owner.Kill();
        await owner.WaitForExitAsync(limit.Token);
        return PostmasterFile.Read(Path.Combine(directory, "postmaster.pid"))!.ProcessId;
    }

    private static async Task<object?> ScalarAsync(EmbeddedServer server, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static UnixFileMode UnixMode(string file)
        => OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file);
}
