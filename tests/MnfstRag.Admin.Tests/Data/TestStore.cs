using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data;

/// <summary>A database of its own with the two roles of the own store: an owner, and a role of daily use that owns nothing but history.</summary>
public sealed class TestStore : IAsyncDisposable
{
    /// <summary>A migrated store on each shared server, which others are copies of: all migrations for every test would be most of what many tests do.</summary>
    private static readonly ConcurrentDictionary<PostgresServer, Lazy<Task<TestStore>>> Templates = new();

    private TestStore(TestDatabase database, TestRole owner, TestRole runtime) => (Database, Owner, Runtime) = (database, owner, runtime);

    public TestDatabase Database { get; }

    public TestRole Owner { get; }

    public TestRole Runtime { get; }

    /// <summary>A store as the migrations left it, on a shared server.</summary>
    public static async Task<TestStore> CreateAsync(int? major = null)
    {
        var server = await PostgresServers.GetAsync(major ?? PostgresVersions.Newest);
        var template = await Templates.GetOrAdd(server, one => new Lazy<Task<TestStore>>(() => TemplateAsync(one))).Value;
        var (owner, runtime) = (await server.CreateRoleAsync(), await server.CreateRoleAsync());
        var database = await server.CopyDatabaseAsync(template.Database.Name, owner.Name);
        await database.ExecuteAsync($"""
            REASSIGN OWNED BY "{template.Owner.Name}" TO "{owner.Name}";
            REASSIGN OWNED BY "{template.Runtime.Name}" TO "{runtime.Name}";
            DROP OWNED BY "{template.Owner.Name}", "{template.Runtime.Name}";
            """);
        return new TestStore(database, owner, runtime);
    }

    /// <summary>A store before its first migration.</summary>
    public static async Task<TestStore> EmptyAsync(int? major = null) => await CreateAsync(await PostgresServers.GetAsync(major ?? PostgresVersions.Newest));

    /// <summary>The same on a server of the test's own.</summary>
    public static async Task<TestStore> CreateAsync(PostgresServer server)
    {
        var owner = await server.CreateRoleAsync();
        var runtime = await server.CreateRoleAsync();
        return new TestStore(await server.CreateDatabaseAsync(owner.Name), owner, runtime);
    }

    /// <summary>The configuration of a host on this store, and what else is given.</summary>
    public IConfigurationRoot Configuration(params (string Key, string? Value)[] more) => new ConfigurationBuilder()
        .AddInMemoryCollection(Settings())
        .AddInMemoryCollection(more.Select(one => KeyValuePair.Create(one.Key, one.Value)))
        .Build();

    public Dictionary<string, string?> Settings() => new(StringComparer.OrdinalIgnoreCase)
    {
        ["ConnectionStrings:Admin"] = Database.ConnectionStringFor(Runtime),
        ["ConnectionStrings:AdminMigrator"] = Database.ConnectionStringFor(Owner),
    };

    /// <summary>The store's services alone, not migrated.</summary>
    public ServiceProvider Services(params (string Key, string? Value)[] more)
    {
        var configuration = Configuration(more);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Development });
        services.AddStoreWithoutService(configuration);
        services.AddAccounts();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>The same, migrated.</summary>
    public async Task<ServiceProvider> MigratedAsync(params (string Key, string? Value)[] more)
    {
        var services = Services(more);
        await services.GetRequiredService<StoreMigrator>().MigrateAsync();
        return services;
    }

    /// <summary>Runs SQL as one of the two roles.</summary>
    public async Task ExecuteAsAsync(TestRole role, string sql)
    {
        await using var connection = await Database.OpenAsync(role);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static async Task<TestStore> TemplateAsync(PostgresServer server)
    {
        var store = await CreateAsync(server);
        await (await store.MigratedAsync()).DisposeAsync();

        // What belongs to its owner is given away in every copy; the database itself, which all see, must not go with it.
        await server.ExecuteAsync($"""ALTER DATABASE "{store.Database.Name}" OWNER TO CURRENT_USER""");
        await server.ExecuteAsync($"""ALTER DATABASE "{store.Database.Name}" WITH ALLOW_CONNECTIONS false""");
        return store;
    }
}
