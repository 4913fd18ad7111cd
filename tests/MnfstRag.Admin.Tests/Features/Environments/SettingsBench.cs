using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Protection;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Postgres.Validating;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Environments;

/// <summary>Services of settings over a real store, and a server that may be asked.</summary>
internal sealed class SettingsBench : IAsyncDisposable
{
    public const string Token = "5d1f2c7e51b0d84a6fb3e1c8a97d5f2046e8b1a3c5d7f90b";

    public static readonly Caller Ada = new(Guid.NewGuid(), "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    public static readonly Caller Grace = new(Guid.NewGuid(), "grace", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    private readonly ServiceProvider _services;
    private readonly PostgresServer _server;

    private SettingsBench(TestStore store, ServiceProvider services, PostgresServer server, TestRole role, TestDatabase database)
    {
        (Store, _services, _server, Role) = (store, services, server, role);
        Url = $"postgresql://{role.Name}:{role.Password}@127.0.0.1:{server.Port}/{database.Name}?sslmode=disable";
    }

    public TestStore Store { get; }

    public TestRole Role { get; }

    /// <summary>Reaches a database of the server as an ordinary role.</summary>
    public string Url { get; }

    public SettingsRevisions Revisions => _services.GetRequiredService<SettingsRevisions>();

    public static async Task<SettingsBench> CreateAsync(params string[] environments)
    {
        var server = await PostgresServers.GetAsync(PostgresVersions.Newest);
        var store = await TestStore.CreateAsync();
        var services = await store.MigratedAsync();
        await services.GetRequiredService<EnvironmentStore>().UpsertAsync([.. environments.Select(name => new ConfiguredEnvironment(name, new Dictionary<CredentialKind, string>()))], CancellationToken.None);
        return new SettingsBench(store, services, server, await server.CreateRoleAsync(), await server.CreateDatabaseAsync());
    }

    public SettingsService Settings(Caller? caller = null) => new(new KnownCaller(caller ?? Ada), Revisions, Reading());

    public EnvironmentsService Environments(Caller? caller = null, params (string Key, string Value)[] configuration) => new(
        new KnownCaller(caller ?? Ada),
        _services.GetRequiredService<IEnvironmentStore>(),
        Revisions,
        _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
        _services.GetRequiredService<AuditLog>(),
        Passwords(),
        new ConfigurationBuilder().AddInMemoryCollection(configuration.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build(),
        TimeProvider.System);

    public SaveSettingsService Saving(Caller? caller = null) => new(
        new KnownCaller(caller ?? Ada),
        Reading(),
        new SettingsProofs(TimeProvider.System),
        Revisions,
        _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
        _services.GetRequiredService<AuditLog>(),
        new ConfiguredPoolSources(new ConfigurationBuilder().Build()),
        Reach,
        Keeping(),
        Options.Create(new SettingsOptions { CertificateDirectory = Path.GetTempPath() }),
        TimeProvider.System);

    public ExportSettingsService Exports(Caller? caller = null) => new(
        new KnownCaller(caller ?? Ada), Reading(), Revisions, Passwords(), _services.GetRequiredService<IAuditLog>());

    /// <summary>What may be asked: the server alone.</summary>
    public IReachList Reach => new StatedReach($"127.0.0.1:{_server.Port}");

    /// <summary>The port of the server.</summary>
    public int Port => _server.Port;

    /// <summary>Credentials of environments.</summary>
    public CredentialsService Credentials(Caller? caller = null, string environment = "Development", params (string Key, string Value)[] configuration) => new(
        new KnownCaller(caller ?? Ada),
        _services.GetRequiredService<EnvironmentStore>(),
        new ConfigurationBuilder().AddInMemoryCollection(configuration.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build(),
        Reach,
        Keeping(environment),
        Passwords(),
        _services.GetRequiredService<IDbContextFactory<AdminDbContext>>(),
        _services.GetRequiredService<AuditLog>(),
        Options.Create(new SettingsOptions { CertificateDirectory = Path.GetTempPath() }),
        TimeProvider.System);

    /// <summary>The list of hosts that may be asked.</summary>
    public (AllowedHostsService Service, IReachList Reach) Hosts(Caller? caller = null)
    {
        var contexts = _services.GetRequiredService<IDbContextFactory<AdminDbContext>>();
        var hosts = new AllowedHosts(Options.Create(new OutgoingOptions { Allowed = "configured.internal:5432" }), contexts, _services.GetRequiredService<StoreState>(), TimeProvider.System);
        return (new AllowedHostsService(new KnownCaller(caller ?? Ada), hosts, Passwords(), contexts, _services.GetRequiredService<AuditLog>(), TimeProvider.System), hosts);
    }

    /// <summary>A credential in clear, as a sampler would get it.</summary>
    public async Task<string?> CredentialAsync(string environment, CredentialKind kind)
    {
        var store = _services.GetRequiredService<IEnvironmentStore>();
        return await store.CredentialAsync((await store.ListAsync()).Single(one => one.Name == environment).Id, kind);
    }

    /// <summary>What a start does with a credential that the configuration names.</summary>
    public Task ConfigureAsync(string environment, CredentialKind kind, string address) => _services.GetRequiredService<EnvironmentStore>()
        .UpsertAsync([new ConfiguredEnvironment(environment, new Dictionary<CredentialKind, string> { [kind] = address })], CancellationToken.None);

    /// <summary>Runs a statement on the server that may be asked.</summary>
    public Task ExecuteAsync(string sql) => _server.ExecuteAsync(sql);

    /// <summary>A role of the server.</summary>
    public Task<TestRole> CreateRoleAsync(params string[] memberOf) => _server.CreateRoleAsync(memberOf);

    /// <summary>Applying to a folder, and to a Vault that may be asked.</summary>
    public ApplyService Applying(ApplyTargets targets, Caller? caller = null, IAuditLog? audit = null) => new(
        new KnownCaller(caller ?? Ada), Reading(), Revisions, targets, audit ?? _services.GetRequiredService<IAuditLog>(), TimeProvider.System, NullLogger<ApplyService>.Instance);

    /// <summary>Where values come from, with nothing that watches.</summary>
    public SourcesService Sources(ApplyTargets targets, EnvironmentWatches watches, Caller? caller = null) => new(
        new KnownCaller(caller ?? Ada), Reading(), Revisions, targets, new WatchService(new KnownCaller(caller ?? Ada), watches, TimeProvider.System), TimeProvider.System);

    /// <summary>Saves a revision without asking anybody.</summary>
    public async Task SaveAsync(string environment, string text)
    {
        var id = (await _services.GetRequiredService<IEnvironmentStore>().ListAsync()).Single(one => one.Name == environment).Id;
        await using var context = await _services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var latest = await Revisions.LatestAsync(id);
        Assert.NotNull(await Revisions.AppendAsync(context, id, latest?.Number ?? 0, EnvFile.Parse(text), "ada", "for the test", CancellationToken.None));
        await transaction.CommitAsync();
    }

    /// <summary>Everything that the own store holds of audit, as text.</summary>
    public async Task<string> AuditAsync()
    {
        await using var connection = await Store.Database.OpenAsync(Store.Owner);
        await using var command = new Npgsql.NpgsqlCommand("SELECT coalesce(string_agg(e::text, E'\n' ORDER BY e.sequence), '') FROM audit.entries e", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>An account with a password, as the caller that it is.</summary>
    public async Task<Caller> AccountAsync(string name, string password)
    {
        await using var scope = _services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AdminUserManager>();
        var user = new AdminUser { Id = Guid.CreateVersion7(), UserName = name, Roles = [Roles.Administrator], SecurityStamp = AdminUserManager.NewStamp() };
        Assert.True((await users.CreateAsync(user)).Succeeded);
        Assert.True((await users.SetPasswordAsync(user, password)).Succeeded);
        await users.UpdateAsync(user);
        return new Caller(user.Id, name, [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Store.DisposeAsync();
    }

    private PasswordAgain Passwords() => new(_services.GetRequiredService<IServiceScopeFactory>(), new MnfstRag.Admin.Access.SignIn.SignInAttempts(Options.Create(new AccessOptions())));

    private static SecretKeeping Keeping(string environment = "Development") => new(Options.Create(new KeyProtectionOptions()), new NamedHost(environment));

    private SettingsReading Reading() => new(_services.GetRequiredService<IEnvironmentStore>(), Revisions);
}
