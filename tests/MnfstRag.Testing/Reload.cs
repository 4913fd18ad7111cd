using Npgsql;

namespace MnfstRag.Testing;

/// <summary>Settings that a running server takes over.</summary>
public static class Reload
{
    /// <summary>Reloads, and waits until the postmaster has done so: sessions that begin afterwards know a later time.</summary>
    public static async Task ReloadAsync(this PostgresServer server)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var before = await LoadedAsync(server, limit.Token);
        await server.ExecuteAsync("SELECT pg_reload_conf()", cancellationToken: limit.Token);
        while (await LoadedAsync(server, limit.Token) == before)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<DateTime> LoadedAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_conf_load_time()", connection);
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
