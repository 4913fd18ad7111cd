using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Tests.Live.Findings;

/// <summary>A real store with one environment, whose server is a standby: one finding that stays.</summary>
internal sealed class FindingsBench : IAsyncDisposable
{
    public const string Environment = "production";
    public const string Key = "server.standby";

    private static readonly Caller Ada = new(Guid.NewGuid(), "ada", [Roles.Support], Roles.PermissionsOf([Roles.Support]));
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private EnvironmentSnapshot _snapshot = null!;

    private FindingsBench(TestStore store, ServiceProvider services) => (Store, Services) = (store, services);

    public TestStore Store { get; }

    public ServiceProvider Services { get; }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public EnvironmentWatches Watches => _watches;

    public static async Task<FindingsBench> CreateAsync()
    {
        var store = await TestStore.CreateAsync();
        var services = await store.MigratedAsync();
        var bench = new FindingsBench(store, services);
        await services.GetRequiredService<EnvironmentStore>().UpsertAsync([new ConfiguredEnvironment(Environment, new Dictionary<CredentialKind, string>())], CancellationToken.None);
        var environment = Assert.Single(await services.GetRequiredService<IEnvironmentStore>().ListAsync());
        bench._watches.Update([environment]);
        var live = Snapshots.Live();
        bench._snapshot = live with { EnvironmentId = environment.Id, Environment = Environment, Capabilities = live.Capabilities! with { InRecovery = true } };
        bench.Tick();
        Assert.Contains(bench._watches.Find(Environment)!.Feed.Latest!.Findings, finding => finding.Key == Key);
        return bench;
    }

    /// <summary>One instance of the dashboard: what it knows of dismissals is its own.</summary>
    public Dismissals NewInstance() => new(Services.GetRequiredService<IDbContextFactory<AdminDbContext>>(), Services.GetRequiredService<AuditLog>());

    /// <summary>The door as the circuit of such a person has it.</summary>
    public FindingsService Door(Dismissals instance, Caller? caller = null)
    {
        var access = new KnownCaller(caller ?? Ada);
        return new FindingsService(access, new WatchService(access, _watches, Clock), _watches, instance, Clock);
    }

    /// <summary>A tick that brings the same again.</summary>
    public void Tick() => _watches.Find(Environment)!.Publish(_snapshot with { PublishedAt = Clock.GetUtcNow() });

    /// <summary>The finding as a page would show it now.</summary>
    public static async Task<WeighedFinding> SeenAsync(FindingsService door)
    {
        await foreach (var all in door.WatchAsync(Environment))
        {
            return all.Single(one => one.Finding.Key == Key);
        }

        throw new InvalidOperationException("The environment is gone.");
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Store.DisposeAsync();
    }
}
