using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Features.Health;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Tests.Features.Health;

/// <summary>The service over a real store.</summary>
internal sealed class HealthBench : IAsyncDisposable
{
    public static readonly Caller Sam = new(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));

    private readonly ServiceProvider _services;
    private readonly Vaults _vaults = new(TimeProvider.System);
    private readonly HealthParts _parts;
    private readonly HealthGate _gate = new();

    private HealthBench(TestStore store, ServiceProvider services)
    {
        (Store, _services) = (store, services);
        Runs = new HealthRuns(services.GetRequiredService<IDbContextFactory<AdminDbContext>>(), services.GetRequiredService<AuditLog>());
        _parts = new HealthParts(
            services.GetRequiredService<AuditVerifier>(), services.GetRequiredService<SettingsRevisions>(), _vaults, services.GetRequiredService<IHistory>(), services.GetRequiredService<IAuditLog>(), new Nobody(), new FenceRecords(services.GetRequiredService<IDbContextFactory<AdminDbContext>>(), TimeProvider.System), TimeProvider.System);
    }

    public TestStore Store { get; }

    public HealthRuns Runs { get; }

    /// <param name="watch">The watch credential of "production"; null for none.</param>
    public static async Task<HealthBench> CreateAsync(string? watch)
    {
        var store = await TestStore.CreateAsync();
        var services = await store.MigratedAsync();
        var bench = new HealthBench(store, services);
        await bench.WatchAsync(watch);
        return bench;
    }

    /// <summary>Another watch credential from now on.</summary>
    public Task WatchAsync(string? watch) => _services.GetRequiredService<EnvironmentStore>().UpsertAsync(
        [new ConfiguredEnvironment("production", watch is null ? new Dictionary<CredentialKind, string>() : new Dictionary<CredentialKind, string> { [CredentialKind.Watch] = watch })],
        CancellationToken.None);

    public HealthCheckService Service(Caller? caller = null) => new(new KnownCaller(caller ?? Sam), _services.GetRequiredService<IEnvironmentStore>(), Runs, _gate, _parts);

    /// <summary>Runs to the end.</summary>
    public async Task<IReadOnlyList<HealthProgress>> RunAsync()
    {
        List<HealthProgress> seen = [];
        await foreach (var progress in Service().RunAsync("production"))
        {
            seen.Add(progress);
        }

        return seen;
    }

    public async Task<WatchedEnvironment> ProductionAsync() => (await _services.GetRequiredService<IEnvironmentStore>().ListAsync()).Single();

    public async ValueTask DisposeAsync()
    {
        _vaults.Dispose();
        await _services.DisposeAsync();
        await Store.DisposeAsync();
    }

    private sealed class Nobody : IReachList
    {
        public ReachPolicy Policy { get; } = new() { Listed = new HashSet<string>(StringComparer.Ordinal) };
    }
}
