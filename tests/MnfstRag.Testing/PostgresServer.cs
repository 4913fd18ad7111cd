using System.Diagnostics;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Clusters;
using MnfstRag.Postgres.Embedded.Processes;
using Npgsql;
using Testcontainers.PostgreSql;

namespace MnfstRag.Testing;

/// <summary>A real server for tests: shared ones come from <see cref="PostgresServers"/>, private ones for faults from <see cref="StartOwnAsync"/>.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Fast and forgetful: nothing in a test outlives a power cut.</summary>
    private static readonly Dictionary<string, string> Quick = new(StringComparer.Ordinal)
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
        ["shared_buffers"] = "32MB",
        ["shared_preload_libraries"] = "pg_stat_statements",
    };

    private static int names;

    private readonly EmbeddedServer? embedded;
    private readonly PostgreSqlContainer? container;

    private PostgresServer(int major, EmbeddedServer? embedded, PostgreSqlContainer? container)
    {
        Major = major;
        this.embedded = embedded;
        this.container = container;
    }

    public int Major { get; }

    public string Host => container?.Hostname ?? "127.0.0.1";

    public int Port => container?.GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort) ?? Own.Port;

    /// <summary>The postmaster's process (private servers only).</summary>
    public int ProcessId => Own.ProcessId;

    public string DataDirectory => Own.DataDirectory;

    /// <summary>The server's log (private servers only).</summary>
    public string LogFile => Own.LogFile;

    private EmbeddedServer Own => embedded ?? throw new InvalidOperationException("Only a server of StartOwnAsync has processes here.");

    /// <summary>Starts a private server; dispose it.</summary>
    /// <param name="major">The major version.</param>
    /// <param name="settings">Server settings beyond those of all test servers, for example <c>max_connections</c>.</param>
    public static Task<PostgresServer> StartOwnAsync(int major, IReadOnlyDictionary<string, string>? settings = null)
        => StartOnAsync(major, TestHome.NewDataDirectory($"pg{major}"), settings);

    /// <summary>Starts a private server on a data directory of <see cref="TestHome"/>.</summary>
    internal static async Task<PostgresServer> StartOnAsync(int major, string directory, IReadOnlyDictionary<string, string>? settings)
    {
        var all = new Dictionary<string, string>(Quick, StringComparer.Ordinal);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            all[name] = value;
        }

        var options = new EmbeddedServerOptions { Major = major, DataDirectory = directory, Settings = all };
        return new PostgresServer(major, await EmbeddedServer.StartAsync(options, progress: null, CancellationToken.None), container: null);
    }

    internal static async Task<PostgresServer> StartContainerAsync(int major)
    {
        var started = new PostgreSqlBuilder($"postgres:{major}")
            .WithCommand([.. Quick.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })])
            .Build();
        await started.StartAsync();
        return new PostgresServer(major, embedded: null, container: started);
    }

    /// <summary>How to reach a database as the superuser, or as a role.</summary>
    public string ConnectionString(string database = "postgres", TestRole? role = null)
        => container is null
            ? Own.ConnectionString(database, role?.Name, role?.Password)
            : Containers.ConnectionString(container, database, role);

    /// <summary>A fresh, empty database.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync(string? owner = null)
    {
        var name = NewName("test");
        await ExecuteAsync($"""CREATE DATABASE "{name}" {(owner is null ? string.Empty : $"OWNER \"{owner}\"")}""");
        return new TestDatabase(this, name);
    }

    /// <summary>A copy of a database that nobody is connected to.</summary>
    public async Task<TestDatabase> CopyDatabaseAsync(string template, string owner)
    {
        var name = NewName("test");
        await ExecuteAsync($"""CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER "{owner}" """);
        return new TestDatabase(this, name);
    }

    /// <summary>A role of its own that can sign in and may nothing else.</summary>
    /// <param name="memberOf">Roles that it is a member of, for example <c>pg_monitor</c>.</param>
    public Task<TestRole> CreateRoleAsync(params string[] memberOf) => CreateRoleWithAsync(string.Empty, memberOf);

    /// <summary>A role with attributes, for example <c>SUPERUSER</c> or <c>CONNECTION LIMIT 3</c>.</summary>
    public async Task<TestRole> CreateRoleWithAsync(string attributes, params string[] memberOf)
    {
        var role = new TestRole(NewName("role"), Guid.NewGuid().ToString("n"));
        var grants = string.Concat(memberOf.Select(group => $"""; GRANT "{group}" TO "{role.Name}" """));
        await ExecuteAsync($"""CREATE ROLE "{role.Name}" LOGIN PASSWORD '{role.Password}' {attributes}{grants}""");
        return role;
    }

    /// <summary>Runs SQL as the superuser, on a connection outside the pool.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres", CancellationToken cancellationToken = default)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Asks the superuser's question again and again until the answer is yes, for a minute at most.</summary>
    /// <exception cref="TimeoutException">It was not.</exception>
    public async Task UntilAsync(string question, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        await Wait.UntilAsync(async over => await command.ExecuteScalarAsync(over) is true, TimeSpan.FromMinutes(1));
    }

    /// <summary>kill -9 of the postmaster; its children notice and end.</summary>
    public Task KillPostmasterAsync() => KillAsync(ProcessId);

    /// <summary>kill -9 of one backend: the postmaster ends all others and recovers.</summary>
    public Task KillBackendAsync(int processId)
        => ClusterProcesses.Of(DataDirectory).Contains(processId)
            ? KillAsync(processId)
            : throw new ArgumentException($"Process {processId} is not one of this server's.", nameof(processId));

    /// <summary>SIGSTOP of the postmaster and all its children: connections are taken by the kernel and never answered.</summary>
    public void Freeze() => SignalAll(PosixSignal.Stop);

    /// <summary>SIGCONT of them.</summary>
    public void Thaw() => SignalAll(PosixSignal.Continue);

    public Task StopAsync(StopMode mode = StopMode.Fast) => Own.StopAsync(mode);

    /// <summary>Starts it again on the same port, after a stop or a kill.</summary>
    public Task RestartAsync() => Own.RestartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (embedded is not null)
        {
            await embedded.StopAsync(StopMode.Immediate);
            await embedded.DisposeAsync();
            Directory.Delete(embedded.DataDirectory, recursive: true);
        }

        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }

    private static string NewName(string prefix) => $"{prefix}_{Environment.ProcessId}_{Interlocked.Increment(ref names)}";

    private static async Task KillAsync(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        await process.WaitForExitAsync();
    }

    // The postmaster first: it must not start new children while the others freeze.
    private void SignalAll(int signal)
    {
        foreach (var process in ClusterProcesses.Of(DataDirectory).OrderBy(id => id == ProcessId ? 0 : 1))
        {
            _ = Libc.Signal(process, signal);
        }
    }
}
