using Microsoft.Extensions.Options;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Admin.Data;

/// <summary>The store's two credentials as connections. Singleton.</summary>
public sealed class StoreConnections : IAsyncDisposable
{
    /// <summary>Name of the pool of <see cref="Runtime"/>, as Npgsql's meter tells it.</summary>
    public const string Pool = "store";

    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 15;
    private const int SchedulerConnections = 4;
    private readonly DatabaseUrl _runtime;
    private readonly DatabaseUrl _migrator;

    /// <summary>Connects to nothing yet.</summary>
    public StoreConnections(IOptions<StoreOptions> options, ILoggerFactory loggers)
    {
        _runtime = Parse(options.Value.Admin);
        HasMigrator = !string.IsNullOrWhiteSpace(options.Value.AdminMigrator);
        _migrator = HasMigrator ? Parse(options.Value.AdminMigrator) : _runtime;
        var builder = new NpgsqlDataSourceBuilder(Settings(_runtime).ConnectionString) { Name = Pool };
        Runtime = builder.UseLoggerFactory(loggers).Build();
    }

    /// <summary>The role of daily use, pooled.</summary>
    public NpgsqlDataSource Runtime { get; }

    /// <summary>Whether the owner has a credential of its own.</summary>
    public bool HasMigrator { get; }

    /// <summary>Name of the role of daily use.</summary>
    public string? RuntimeUser => _runtime.User;

    /// <summary>The owner's connection string, for migrations only. Never log it.</summary>
    public string MigratorConnectionString => Unpooled().ConnectionString;

    /// <summary>The role of daily use for the scheduler, which opens connections itself: few, and told apart. Never log it.</summary>
    public string SchedulerConnectionString
    {
        get
        {
            var settings = Settings(_runtime);
            settings.ApplicationName = "mnfst-admin-scheduler";
            settings.MaxPoolSize = SchedulerConnections;
            return settings.ConnectionString;
        }
    }

    /// <summary>Puts what talking to the store threw into words; never a password.</summary>
    public string Explain(Exception exception) => ConnectionFault.From(exception, _runtime).Words;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private NpgsqlConnectionStringBuilder Unpooled()
    {
        var settings = Settings(_migrator);
        settings.Pooling = false;
        settings.CommandTimeout = 0;
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Settings(DatabaseUrl url)
    {
        var settings = url.ToConnectionStringBuilder();
        settings.ApplicationName = "mnfst-admin-store";
        settings.Timeout = ConnectSeconds;
        settings.CommandTimeout = CommandSeconds;
        settings.IncludeErrorDetail = false;
        return settings;
    }

    private static DatabaseUrl Parse(string? text) =>
        DatabaseUrl.Parse(text).Succeeded(out var url, out var fault) ? url : throw new OptionsValidationException(StoreOptions.Section, typeof(StoreOptions), [fault.Words]);
}
