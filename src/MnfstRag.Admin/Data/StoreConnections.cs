using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;
using Npgsql;

namespace MnfstRag.Admin.Data;

/// <summary>The store's two credentials as connections. Of several hosts the one that takes writes is used, and looked for in the background. Singleton.</summary>
public sealed class StoreConnections : IAsyncDisposable
{
    /// <summary>Name of the pool of <see cref="Runtime"/>, as Npgsql's meter tells it.</summary>
    public const string Pool = "store";

    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 15;
    private const int SchedulerConnections = 4;

    /// <summary>With several hosts a dead one may cost nobody more than this.</summary>
    private const int ConnectSecondsOfSeveral = 1;

    private readonly DatabaseUrl _runtime;
    private readonly DatabaseUrl _migrator;
    private readonly Dictionary<DatabaseHost, NpgsqlDataSource> _sources;

    /// <summary>Connects to nothing yet.</summary>
    public StoreConnections(IOptions<StoreOptions> options, ILoggerFactory loggers, TimeProvider? clock = null)
    {
        _runtime = Parse(options.Value.Admin);
        HasMigrator = !string.IsNullOrWhiteSpace(options.Value.AdminMigrator);
        _migrator = HasMigrator ? Parse(options.Value.AdminMigrator) : _runtime;
        Hosts = _runtime.Hosts.Count > 1 ? new StoreHosts(_runtime, clock ?? TimeProvider.System) : null;
        _sources = _runtime.Hosts.ToDictionary(
            host => host,
            host => new NpgsqlDataSourceBuilder(Settings(_runtime, host).ConnectionString) { Name = Pool }.UseLoggerFactory(loggers).Build());
    }

    /// <summary>The host that is used now.</summary>
    public DatabaseHost Host => Hosts?.Current ?? _runtime.Hosts[0];

    /// <summary>Which host takes writes; null where the store has one.</summary>
    internal StoreHosts? Hosts { get; }

    /// <summary>The role of daily use, pooled. Ask for it each time: with several hosts it is another one after a failover.</summary>
    public NpgsqlDataSource Runtime => _sources[Host];

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
            var settings = Settings(_runtime, Host);
            if (Hosts is not null)
            {
                // It keeps this text for ever, and nobody waits for it: the driver may look for the primary itself.
                settings.Host = string.Join(',', _runtime.Hosts);
                settings.TargetSessionAttributes = "read-write";
            }

            settings.ApplicationName = "mnfst-admin-scheduler";
            settings.MaxPoolSize = SchedulerConnections;
            return settings.ConnectionString;
        }
    }

    /// <summary>Puts what talking to the store threw into words; never a password.</summary>
    public string Explain(Exception exception) => Hosts is { Seen.Standing: { State: PrimaryState.Lost } }
        ? $"No host of {string.Join(", ", _runtime.Hosts)} takes writes now. {ConnectionFault.From(exception, _runtime.At(Host)).Words}"
        : ConnectionFault.From(exception, Hosts is null ? _runtime : _runtime.At(Host)).Words;

    /// <summary>Closes idle connections to a host that is no longer used.</summary>
    internal void Forget(DatabaseHost host) => _sources[host].Clear();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }

        await (Hosts?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private NpgsqlConnectionStringBuilder Unpooled()
    {
        var settings = Settings(_migrator, _migrator.Hosts.FirstOrDefault(host => host.IsSame(Host), _migrator.Hosts[0]));
        settings.Pooling = false;
        settings.CommandTimeout = 0;
        return settings;
    }

    private static NpgsqlConnectionStringBuilder Settings(DatabaseUrl url, DatabaseHost host)
    {
        var settings = (url.Hosts.Count > 1 ? url.At(host) : url).ToConnectionStringBuilder();
        settings.ApplicationName = "mnfst-admin-store";
        settings.Timeout = url.Hosts.Count > 1 ? ConnectSecondsOfSeveral : ConnectSeconds;
        settings.CommandTimeout = CommandSeconds;
        settings.IncludeErrorDetail = false;
        return settings;
    }

    private static DatabaseUrl Parse(string? text) =>
        DatabaseUrl.Parse(text).Succeeded(out var url, out var fault) ? url : throw new OptionsValidationException(StoreOptions.Section, typeof(StoreOptions), [fault.Words]);
}
