using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.History;
using Npgsql;

namespace MnfstRag.Admin.Data;

/// <summary>Brings the store to this version with the owner's credential, one instance at a time, and gives the runtime role what it needs.</summary>
internal sealed class StoreMigrator(StoreConnections connections, HistorySchema history, ILogger<StoreMigrator> logger)
{
    // Any fixed number; all instances of the dashboard use this one.
    private const long MigrationLock = 0x6D6E_6673_7401;

    /// <summary>Applies what is missing; returns how many migrations that were.</summary>
    /// <exception cref="NpgsqlException">The store cannot be reached, or the owner may not do it.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken = default)
    {
        if (connections.Hosts is { } hosts)
        {
            await hosts.LookAsync(cancellationToken);
        }

        await using var connection = new NpgsqlConnection(connections.MigratorConnectionString);
        await connection.OpenAsync(cancellationToken);

        // Held by the session: whatever ends us, the server releases it.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({MigrationLock.ToString(CultureInfo.InvariantCulture)})", cancellationToken);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {AdminDbContext.AdminSchema}", cancellationToken);

        var options = new DbContextOptionsBuilder<AdminDbContext>();
        StoreModel.Use(options, connections.MigratorConnectionString);
        await using var context = new AdminDbContext(options.Options);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        if (pending > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {HistoryTable.Schema}", cancellationToken);

        // The scheduler makes its own tables in it, as the role of daily use.
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {AdminDbContext.SchedulerSchema}", cancellationToken);
        await GrantAsync(connection, cancellationToken);
        await history.EnsureAsync(cancellationToken);
        return pending;
    }

    private async Task GrantAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!connections.HasMigrator)
        {
            StoreLog.OneCredential(logger);
            return;
        }

        if (await StoreGrants.ApplyAsync(connection, connections.RuntimeUser!, cancellationToken) is { } owner)
        {
            StoreLog.RuntimeTooMighty(logger, connections.RuntimeUser!, owner);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
