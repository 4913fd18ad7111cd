using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>
/// One dashboard for all tests of the collection: an own store, one watched PostgreSQL that tests may stop, one administrator. Nothing
/// is embedded here; the first command has its own tests.
/// </summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    /// <summary>The watched server's name in the dashboard.</summary>
    public const string Environment = "production";

    public const string Database = "mnfst_rag";

    private PostgresServer? _store;
    private PostgresServer? _watched;
    private DashboardProcess? _dashboard;
    private Chromium? _chromium;
    private TestRole? _application;
    private Person? _support;

    /// <summary>The administrator that the command line made.</summary>
    public Person Administrator { get; } = new("ada", "thirteen quiet herons wade");

    /// <summary>Where the dashboard may write .env files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("mnfst-applying").FullName;

    public Uri Address => Dashboard.Address;

    public PostgresServer Watched => _watched ?? throw NotStarted();

    public DashboardProcess Dashboard => _dashboard ?? throw NotStarted();

    public Chromium Chromium => _chromium ?? throw NotStarted();

    /// <summary>Everything that the dashboard is told.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null)
        {
            // Every test of the collection is skipped.
            return;
        }

        var store = PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        var watched = PostgresServer.StartOwnAsync(PostgresVersions.Newest, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["max_connections"] = "60",
            // As the product's guide and its data's safety want it: a test that nothing is wrong means it.
            ["fsync"] = "on",
            ["full_page_writes"] = "on",
            ["random_page_cost"] = "1.1",
        });
        _store = await store;
        _watched = await watched;
        Settings = new Dictionary<string, string>(await ConfigureAsync(_store, _watched), StringComparer.Ordinal) { ["Applying__Folders"] = Folder };
        _application = await CreateApplicationAsync(_watched);
        // Only an owner creates and drops indexes.
        var maintainer = new Uri(Settings[$"Environments__{Environment}__Maintain"]).UserInfo.Split(':')[0];
        await _watched.ExecuteAsync($"GRANT \"{_application.Name}\" TO \"{maintainer}\"");
        _dashboard = await DashboardProcess.StartAsync(Settings);
        await DashboardProcess.RunAsync(Settings, Administrator.Password, "create-admin", "--name", Administrator.Name);
        _chromium = await Chromium.StartAsync();
    }

    /// <summary>How the product's backend reaches the watched database.</summary>
    public string ApplicationUrl => Url(Watched, _application ?? throw NotStarted());

    /// <summary>The password in it.</summary>
    public string ApplicationPassword => (_application ?? throw NotStarted()).Password;

    /// <summary>A person at a fresh browser who is nobody yet.</summary>
    public Task<Visitor> ArriveAsync(Screen? screen = null) => Visitor.ArriveAsync(Chromium.Browser, Address, screen);

    /// <summary>A person at a fresh browser, signed in.</summary>
    public async Task<Visitor> SignInAsync(Person person, Screen? screen = null)
    {
        var visitor = await ArriveAsync(screen);
        await visitor.SignInAsync(person);
        return visitor;
    }

    /// <summary>Somebody whose only role is Support, invited by the administrator when first asked for.</summary>
    public async Task<Person> SupportAsync()
        => _support ??= await this.InviteAsync("sam", "Support", "seven lanterns over the ferry");

    /// <summary>A session on the watched server, of its own, outside any pool.</summary>
    public async Task<NpgsqlConnection> OpenSessionAsync(string application)
    {
        var settings = new NpgsqlConnectionStringBuilder(Watched.ConnectionString(Database, _application)) { Pooling = false, ApplicationName = application };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Stops the dashboard and starts it again at the same address, on the same store.</summary>
    /// <param name="meanwhile">What is looked at while it is away.</param>
    public async Task RestartDashboardAsync(Func<Task> meanwhile)
    {
        var port = Address.Port;
        await Dashboard.DisposeAsync();
        await meanwhile();
        _dashboard = await DashboardProcess.StartAsync(Settings, port);
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _chromium, _dashboard, _watched, _store })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<Dictionary<string, string>> ConfigureAsync(PostgresServer store, PostgresServer watched)
    {
        var ownDatabase = await store.CreateDatabaseAsync();
        await watched.ExecuteAsync($"CREATE DATABASE {Database}");
        await watched.ExecuteAsync("CREATE EXTENSION pg_stat_statements", Database);
        var watcher = await watched.CreateRoleAsync("pg_monitor");
        var maintainer = await watched.CreateRoleAsync("pg_signal_backend", "pg_read_all_stats");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Embedded__Enabled"] = "false",
            ["ConnectionStrings__Admin"] = ownDatabase.ConnectionString,
            ["ConnectionStrings__AdminMigrator"] = ownDatabase.ConnectionString,
            [$"Environments__{Environment}__Watch"] = Url(watched, watcher),
            [$"Environments__{Environment}__Maintain"] = Url(watched, maintainer),
            // What lasts is shortened; what limits a guesser is not what these tests look at.
            ["Outgoing__Allowed"] = $"127.0.0.1:{watched.Port}",
            ["Access__Revalidation"] = "00:00:02",
            ["Access__BcryptCost"] = "10",
            ["Access__PagesPerPerson"] = "20",
            ["Sampler__ShapeInterval"] = "00:00:05",
            ["Maintenance__ReconcileAfter"] = "00:00:01",
            ["Access__AttemptsPerAddress"] = "10000",
            ["Access__AttemptsPerAccount"] = "10000",
        };
    }

    // An ordinary role: a superuser's sessions are not to be signalled by anybody else.
    private static async Task<TestRole> CreateApplicationAsync(PostgresServer watched)
    {
        var role = await watched.CreateRoleAsync();
        await watched.ExecuteAsync($"GRANT CREATE, USAGE ON SCHEMA public TO \"{role.Name}\"", Database);
        return role;
    }

    private static string Url(PostgresServer server, TestRole role)
        => $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/{Database}?sslmode=disable";

    private static InvalidOperationException NotStarted() => new("The dashboard was not started: there is no Chromium here.");
}
