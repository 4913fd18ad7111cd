using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Data;

/// <summary>A fresh database with the two roles of the own store: an owner, and a role of daily use that owns nothing.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private TestStore(TestDatabase database, TestRole owner, TestRole runtime) => (Database, Owner, Runtime) = (database, owner, runtime);

    public TestDatabase Database { get; }

    public TestRole Owner { get; }

    public TestRole Runtime { get; }

    public static async Task<TestStore> CreateAsync(int? major = null) => await CreateAsync(await PostgresServers.GetAsync(major ?? PostgresVersions.Newest));

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
}
