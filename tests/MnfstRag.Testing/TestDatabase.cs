using Npgsql;

namespace MnfstRag.Testing;

/// <summary>A fresh database, dropped when it is disposed.</summary>
public sealed class TestDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    public PostgresServer Server => server;

    public string Name => name;

    /// <summary>As the superuser.</summary>
    public string ConnectionString => server.ConnectionString(name);

    public string ConnectionStringFor(TestRole role) => server.ConnectionString(name, role);

    /// <summary>An open connection as the superuser, or as a role.</summary>
    public async Task<NpgsqlConnection> OpenAsync(TestRole? role = null, CancellationToken cancellationToken = default)
    {
        var connection = new NpgsqlConnection(server.ConnectionString(name, role));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken = default) => server.ExecuteAsync(sql, name, cancellationToken);

    /// <summary>The first column of the first row, as the superuser.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken: cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await server.ExecuteAsync($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""");
    }
}
