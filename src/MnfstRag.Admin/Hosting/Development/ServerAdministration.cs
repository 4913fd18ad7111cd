using MnfstRag.Postgres.Embedded;
using Npgsql;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>What is done on an embedded server as its superuser, every time in the same way: it may all be there already.</summary>
internal static class ServerAdministration
{
    /// <summary>Makes the role when it is missing and gives it the password that is kept for it. Returns that password.</summary>
    public static async Task<string> EnsureRoleAsync(EmbeddedServer server, string role, CancellationToken cancellationToken)
    {
        var password = await server.RolePasswordAsync(role, cancellationToken);
        // Names and passwords are ours (letters, digits, underscore), so nothing needs quoting.
        await ExecuteAsync(
            server,
            "postgres",
            $"""
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
                CREATE ROLE {role} LOGIN;
              END IF;
            END $$;
            ALTER ROLE {role} PASSWORD '{password}';
            """,
            cancellationToken);
        return password;
    }

    /// <summary>Makes a database that only its owner and the superuser may enter.</summary>
    public static async Task EnsureDatabaseAsync(EmbeddedServer server, string database, string owner, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server.ConnectionString("postgres"), cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = database } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        await using var create = new NpgsqlCommand($"CREATE DATABASE {database} OWNER {owner}", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await using var close = new NpgsqlCommand($"REVOKE ALL ON DATABASE {database} FROM PUBLIC", connection);
        await close.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs SQL as the superuser.</summary>
    public static async Task ExecuteAsync(EmbeddedServer server, string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(server.ConnectionString(database), cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An open connection outside the pool.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "mnfst-admin-setup" };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
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
}
