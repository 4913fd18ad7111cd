using MnfstRag.Admin.Data.Environments;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Embedded.Binaries;
using Npgsql;

namespace MnfstRag.Admin.Hosting.Development;

/// <summary>
/// The servers that make the first command work on an empty machine: one for the own store and one to watch, so that an outage of the watched
/// one is an outage to look at. Only in Development, and only for what is not configured.
/// </summary>
public sealed class DevelopmentServers : IAsyncDisposable
{
    private const int Major = 18;

    private readonly List<EmbeddedServer> servers = [];

    private DevelopmentServers()
    {
    }

    /// <summary>The server of the own store; null when the store is configured elsewhere.</summary>
    public EmbeddedServer? Store { get; private set; }

    /// <summary>The watched server; null when environments are configured.</summary>
    public EmbeddedServer? Watched { get; private set; }

    /// <summary>How the sample workload reaches the watched database; null without one.</summary>
    internal string? ApplicationConnection { get; private set; }

    /// <summary>
    /// Starts or adopts the servers, fills them, and adds their connection strings to the configuration. Null when <c>Embedded:Enabled</c> is
    /// off, outside Development, or when store and environments are configured.
    /// </summary>
    /// <exception cref="StartupException">A server could not be had; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Called off; what was started is stopped again.</exception>
    public static async Task<DevelopmentServers?> StartAsync(
        IConfigurationManager configuration, ITerminal terminal, CancellationToken cancellationToken)
    {
        var options = configuration.GetSection(EmbeddedOptions.Section).Get<EmbeddedOptions>() ?? new EmbeddedOptions();
        var needsStore = string.IsNullOrWhiteSpace(configuration.GetConnectionString("Admin"));
        // An environment may be told of its pools alone: the sample one of its backend, say.
        var needsWatched = ConfiguredEnvironments.Read(configuration).All(environment => environment.Credentials.Count == 0);
        if (!options.Enabled || !IsDevelopment(configuration) || !(needsStore || needsWatched))
        {
            return null;
        }

        var started = new DevelopmentServers();
        try
        {
            await started.StartAsync(options, needsStore, needsWatched, configuration, new TerminalProgress(terminal), cancellationToken);
            return started;
        }
        catch (EmbeddedServerException fault)
        {
            await started.DisposeAsync();
            throw new StartupException(fault.Message, fault);
        }
        catch (NpgsqlException fault)
        {
            await started.DisposeAsync();
            throw new StartupException(
                $"The embedded PostgreSQL server runs, but could not be filled: {fault.Message}. Its directory is {Place(options)}: "
                + "delete it to start anew, or choose another with Embedded:Directory.",
                fault);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops both servers.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopping = servers.ConvertAll(server => server.DisposeAsync().AsTask());
        servers.Clear();
        await Task.WhenAll(stopping);
    }

    // The environment's name stands in the configuration once a host builder has made it.
    private static bool IsDevelopment(IConfiguration configuration)
        => string.Equals(configuration[HostDefaults.EnvironmentKey], Environments.Development, StringComparison.OrdinalIgnoreCase);

    private static string Place(EmbeddedOptions options)
        => options.Directory ?? StandardPlaces.ClustersOf(ContentRoot.Find(AppContext.BaseDirectory));

    private async Task StartAsync(
        EmbeddedOptions options, bool needsStore, bool needsWatched, IConfigurationManager configuration, TerminalProgress progress,
        CancellationToken cancellationToken)
    {
        // Once, before two servers would ask for them at the same time.
        await new BinaryStore(StandardPlaces.Binaries).GetAsync(Major, progress, cancellationToken);
        var place = Place(options);
        var store = needsStore ? StartAsync(Path.Combine(place, "store"), StoreServer.Settings, progress, cancellationToken) : null;
        var watched = needsWatched ? StartAsync(Path.Combine(place, "watched"), WatchedServer.Settings, progress, cancellationToken) : null;
        await Task.WhenAll(new[] { store, watched }.OfType<Task>());
        Store = store is null ? null : await store;
        Watched = watched is null ? null : await watched;

        if (Store is not null)
        {
            configuration.AddInMemoryCollection(await StoreServer.PrepareAsync(Store, cancellationToken));
        }

        if (Watched is not null)
        {
            configuration.AddInMemoryCollection(await WatchedServer.PrepareAsync(Watched, progress, cancellationToken));
            configuration.AddInMemoryCollection([WatchedServer.Listed(Watched, configuration["Outgoing:Allowed"])]);
            ApplicationConnection = await WatchedServer.ApplicationConnectionAsync(Watched, cancellationToken);
        }
    }

    // Each is remembered as soon as it runs, so that a fault of the other one does not leave it behind.
    private async Task<EmbeddedServer> StartAsync(
        string directory, IReadOnlyDictionary<string, string> settings, TerminalProgress progress, CancellationToken cancellationToken)
    {
        var server = await EmbeddedServer.StartAsync(
            new EmbeddedServerOptions { Major = Major, DataDirectory = directory, Settings = settings }, progress, cancellationToken);
        lock (servers)
        {
            servers.Add(server);
        }

        return server;
    }
}
