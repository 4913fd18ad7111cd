using System.Globalization;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>The PostgreSQL 18 that is watched, with a role for each of its watchers, so that their costs can be told apart.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private const int Major = 18;
    private const string Database = "watched";

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["max_connections"] = "300",
        // Planning is part of what a watcher costs.
        ["pg_stat_statements.track_planning"] = "on",
        ["compute_query_id"] = "on",
        ["pg_stat_statements.max"] = "10000",
    };

    private readonly PostgresServer _server;

    private WatchedServer(PostgresServer server)
    {
        _server = server;
        Administration = NpgsqlDataSource.Create(server.ConnectionString(Database));
    }

    /// <summary>As the superuser: for the benchmark's own readings.</summary>
    public NpgsqlDataSource Administration { get; }

    public int Port => _server.Port;

    /// <summary>To another database of the server, as the superuser.</summary>
    public string ConnectionString(string database) => _server.ConnectionString(database);

    public static async Task<WatchedServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartOwnAsync(Major, Settings);
        await server.ExecuteAsync($"CREATE DATABASE {Database}", cancellationToken: cancellationToken);
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE EXTENSION IF NOT EXISTS plpgsql", Database, cancellationToken);
        return new WatchedServer(server);
    }

    /// <summary>A role of a watcher (pg_monitor).</summary>
    public Task<TestRole> CreateWatcherAsync() => _server.CreateRoleAsync("pg_monitor");

    public string Url(TestRole role)
        => $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{_server.Port.ToString(CultureInfo.InvariantCulture)}/{Database}?sslmode=disable";

    /// <summary>A session that is not from a pool: what a watcher sees open and close.</summary>
    public async Task<NpgsqlConnection> OpenSessionAsync(string application, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(_server.ConnectionString(Database)) { Pooling = false, ApplicationName = application };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGSTOP of all its processes.</summary>
    public void Freeze() => _server.Freeze();

    /// <summary>SIGCONT of them.</summary>
    public void Thaw() => _server.Thaw();

    public async ValueTask DisposeAsync()
    {
        await Administration.DisposeAsync();
        await _server.DisposeAsync();
    }
}
