using System.Net;
using System.Security.Cryptography;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>
/// The dashboard as it is built, in a process of its own, with its own store and one watched server, and an administrator signed in.
/// Development is the environment whose static files need no publishing; nothing is embedded and nothing is seeded.
/// </summary>
internal sealed class Dashboard : IAsyncDisposable
{
    /// <summary>The watched server's name in the dashboard.</summary>
    public const string Environment = "watched";

    private const string Name = "bench";

    // Of this run alone: every password that can be known beforehand is refused.
    private static readonly string Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static readonly string Assembly = DashboardProgram.Path(typeof(Dashboard).Assembly);

    private readonly PostgresServer _store;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private WebHost _host;

    private Dashboard(PostgresServer store, WebHost host, TestRole watcher, IReadOnlyDictionary<string, string> settings)
    {
        _store = store;
        _host = host;
        _settings = settings;
        Watcher = watcher;
    }

    /// <summary>The role that the dashboard watches with.</summary>
    public TestRole Watcher { get; }

    public WebHost Host => _host;

    /// <summary>The administrator's cookies.</summary>
    public CookieContainer Cookies { get; } = new();

    public TimeSpan FirstTimeToReady { get; private set; }

    public static async Task<Dashboard> StartAsync(WatchedServer watched, CancellationToken cancellationToken)
    {
        var store = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        try
        {
            var watcher = await watched.CreateWatcherAsync();
            var database = await store.CreateDatabaseAsync();
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Access__PagesPerPerson"] = "10000",
                ["Embedded__Enabled"] = "false",
                ["Embedded__Workload"] = "false",
                ["Terminal__OpenBrowser"] = "false",
                ["ConnectionStrings__Admin"] = database.ConnectionString,
                ["ConnectionStrings__AdminMigrator"] = database.ConnectionString,
                [$"Environments__{Environment}__Watch"] = watched.Url(watcher),
            };
            var host = await WebHost.StartAsync(Assembly, [], settings, cancellationToken);
            var dashboard = new Dashboard(store, host, watcher, settings) { FirstTimeToReady = host.TimeToReady };
            await CreateAdministratorAsync(settings, cancellationToken);
            await SignIn.AsAsync(host.Address, dashboard.Cookies, Name, Password, cancellationToken);
            return dashboard;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>A page of the watched environment.</summary>
    public Uri Page(string path) => new(_host.Address, $"{path}?environment={Environment}");

    /// <summary>Ends the process and starts it again on the same store.</summary>
    public async Task<TimeSpan> RestartAsync(CancellationToken cancellationToken)
    {
        await _host.DisposeAsync();
        _host = await WebHost.StartAsync(Assembly, [], _settings, cancellationToken);
        return _host.TimeToReady;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static async Task CreateAdministratorAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await using var command = ChildProcess.Start("dotnet", [Assembly, "create-admin", "--name", Name], settings, Password);
        await command.SucceedAsync(cancellationToken);
    }
}
