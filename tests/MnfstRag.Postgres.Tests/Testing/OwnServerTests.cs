using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Testing;

public sealed class OwnServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task It_can_be_killed_frozen_and_started_again_on_its_port(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_connections"] = "17" });
        var port = server.Port;
        await using var connection = await OpenAsync(server);
        Assert.Equal("17", await ScalarAsync(connection, "SHOW max_connections"));

        await server.KillBackendAsync(connection.ProcessID);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(connection, "SELECT 1"));
        await AnswersAsync(server);

        await server.KillPostmasterAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => OpenAsync(server));
        await server.RestartAsync();
        Assert.Equal(port, server.Port);
        await AnswersAsync(server);

        server.Freeze();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => OpenAsync(server, timeout: 1));
        server.Thaw();
        await AnswersAsync(server);

        await server.StopAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => OpenAsync(server));
        await server.RestartAsync();
        await AnswersAsync(server);
    }

    private static async Task AnswersAsync(PostgresServer server)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = await OpenAsync(server);
                Assert.Equal(1, await ScalarAsync(connection, "SELECT 1"));
                return;
            }
            catch (NpgsqlException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(PostgresServer server, int timeout = 5)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server.ConnectionString()) { Pooling = false, Timeout = timeout };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
