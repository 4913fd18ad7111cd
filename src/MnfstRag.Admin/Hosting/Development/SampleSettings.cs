using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Hosting.Development.Workload;
using MnfstRag.Postgres.Validating;
using Npgsql;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>
/// Gives the sample environment its first revision of settings, which name the embedded server, and another one when that server has moved to
/// another port. What a person saved is left alone.
/// </summary>
internal sealed class SampleSettings(
    string connection,
    StoreState store,
    IEnvironmentStore environments,
    SettingsRevisions revisions,
    IDbContextFactory<AdminDbContext> contexts,
    AuditLog audit) : BackgroundService
{
    /// <summary>Who saves them.</summary>
    internal const string By = "first start";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.WhenReadyAsync(stoppingToken);
        if ((await environments.ListAsync(stoppingToken)).FirstOrDefault(one => one.Name == WatchedServer.Environment) is not { } environment)
        {
            return;
        }

        var latest = await revisions.LatestAsync(environment.Id, stoppingToken);
        var address = Address();
        if (latest is not null && (latest.By != By || latest.File?.Find("DATABASE_URL")?.Value == address))
        {
            return;
        }

        EnvFile? moved = null;
        var file = latest?.File?.TrySet("DATABASE_URL", address, out moved) == true ? moved! : EnvFile.Parse(Text(address));
        await using var context = await contexts.CreateDbContextAsync(stoppingToken);
        await audit.WithAsync(
            context,
            async () => await revisions.AppendAsync(context, environment.Id, latest?.Number ?? 0, file, By, latest is null ? "The sample's settings" : "The embedded server moved to another port", stoppingToken) is { } saved
                ? new AuditEvent("settings.save", AuditPhase.Event, null, environment.Name, string.Create(CultureInfo.InvariantCulture, $"revision {saved.Number}"), "done")
                : null,
            stoppingToken);
    }

    private string Address()
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        return string.Create(CultureInfo.InvariantCulture, $"postgresql://{settings.Username}:{Uri.EscapeDataString(settings.Password ?? "")}@127.0.0.1:{settings.Port}/{settings.Database}?sslmode=disable");
    }

    private static string Text(string address) => string.Create(CultureInfo.InvariantCulture, $"""
        # The sample backend of this machine
        ENVIRONMENT=development
        DATABASE_URL={address}

        # As the sample workload opens them
        DB_POOL_SIZE={SampleWorkload.PoolSize}
        DB_MAX_OVERFLOW={SampleWorkload.Overflow}
        DB_POOL_TIMEOUT=30
        DB_POOL_RECYCLE=1800

        JWT_SECRET_KEY={Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}
        JWT_ALGORITHM=HS256
        JWT_ACCESS_TOKEN_EXPIRE_MINUTES=30
        JWT_REFRESH_TOKEN_EXPIRE_DAYS=7

        LOG_LEVEL=DEBUG

        """);
}
