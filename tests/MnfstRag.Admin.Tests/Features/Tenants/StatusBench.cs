using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Admin.Tests.Features.Maintenance;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>Changes of status over an own store, which is made when it is first asked for, and the process that carries them out.</summary>
internal sealed class StatusBench : IDbContextFactory<AdminDbContext>, IAbsentAccess, IAsyncDisposable
{
    private readonly TenantBench _bench;
    private readonly Lazy<Task<(TestStore Store, ServiceProvider Services)>> _store;
    private readonly List<StatusRunner> _runners = [];

    public StatusBench(TenantBench bench)
    {
        _bench = bench;
        _store = new(OpenAsync);
        Records = new StatusRecords(this, TimeProvider.System);
        Audit = new StatusAudit(bench, bench, NullLogger<StatusAudit>.Instance);
        Execution = new StatusExecution(Records, bench.Databases, this, Audit, TimeProvider.System, NullLogger<StatusExecution>.Instance);
    }

    public StatusRecords Records { get; }

    public StatusAudit Audit { get; }

    public StatusExecution Execution { get; }

    /// <summary>What keeps whoever began it from it by now; null while nothing does.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>A process carries out what is begun.</summary>
    public bool BeginsItself { get; set; } = true;

    /// <summary>A process that carries out what the store has.</summary>
    public async Task<StatusRunner> BeginAsync(bool leads = true)
    {
        var state = new StoreState(TimeProvider.System);
        state.Set(ready: true, "It is ready.");
        var runner = new StatusRunner(Records, Execution, new FixedLeadership { Leads = leads }, state, TimeProvider.System, NullLogger<StatusRunner>.Instance);
        _runners.Add(runner);
        await runner.StartAsync(CancellationToken.None);
        return runner;
    }

    public AdminDbContext CreateDbContext() => throw new NotSupportedException();

    public async Task<AdminDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await (await _store.Value).Services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync(cancellationToken);

    public Task<TenantScope> RequireAsync(Guid userId, string? address, string permission, Guid environmentId, Guid tenant, CancellationToken cancellationToken) => Refusal is { } refusal
        ? Task.FromException<TenantScope>(refusal)
        : Task.FromResult(new TenantScope(environmentId, TenantBench.Environment, tenant, _bench.Caller, IsOwn: true, Content: true));

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
        {
            await runner.StopAsync(CancellationToken.None);
            runner.Dispose();
        }

        if (_store.IsValueCreated)
        {
            var (store, services) = await _store.Value;
            await services.DisposeAsync();
            await store.DisposeAsync();
        }
    }

    private async Task<(TestStore Store, ServiceProvider Services)> OpenAsync()
    {
        var store = await TestStore.CreateAsync();
        var services = await store.MigratedAsync();
        await store.Database.ExecuteAsync($"INSERT INTO admin.environments (id, name, created_at) VALUES ('{_bench.EnvironmentId}', '{TenantBench.Environment}', now())");
        if (_runners.Count == 0 && BeginsItself)
        {
            await BeginAsync();
        }

        return (store, services);
    }
}
