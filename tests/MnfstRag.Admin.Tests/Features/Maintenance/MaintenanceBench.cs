using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.SignIn;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Maintenance over a real own store; the watched server is scripted, or real. As many dashboards on one store as a test wants.</summary>
internal sealed class MaintenanceBench : IAsyncDisposable
{
    public const string Environment = "production";
    public const string Password = "a quiet blue lantern";
    private readonly List<ServiceProvider> _dashboards = [];
    private readonly List<IHostedService> _running = [];

    private MaintenanceBench(TestStore store, string maintain) => (Store, Maintain) = (store, maintain);

    public TestStore Store { get; }

    public ScriptedWork Work { get; } = new();

    public string Maintain { get; }

    public ServiceProvider Services => _dashboards[0];

    public Caller Ada { get; private set; } = null!;

    public Caller Grace { get; private set; } = null!;

    public Caller Sam { get; private set; } = null!;

    public Guid EnvironmentId { get; private set; }

    /// <summary>Not running yet.</summary>
    /// <param name="maintain">Address of the watched database; a made-up one when the server is scripted.</param>
    /// <param name="clock">The dashboard's.</param>
    public static async Task<MaintenanceBench> CreateAsync(string maintain = "postgresql://maintainer:x@127.0.0.1:1/mnfst_rag", TimeProvider? clock = null)
    {
        var bench = new MaintenanceBench(await TestStore.CreateAsync(), maintain);
        var first = bench.AddDashboard(clock: clock);
        await first.GetRequiredService<StoreMigrator>().MigrateAsync();
        await first.GetRequiredService<EnvironmentStore>().UpsertAsync(
            [new ConfiguredEnvironment(Environment, new Dictionary<CredentialKind, string> { [CredentialKind.Maintain] = maintain })], CancellationToken.None);
        bench.EnvironmentId = (await first.GetRequiredService<IEnvironmentStore>().ListAsync()).Single().Id;
        bench.Ada = await bench.AccountAsync("ada", Roles.Administrator);
        bench.Grace = await bench.AccountAsync("grace", Roles.Administrator);
        bench.Sam = await bench.AccountAsync("sam", Roles.Support);
        return bench;
    }

    /// <summary>What all dashboards see of the servers: nothing, until a test publishes it.</summary>
    public EnvironmentWatches Watches { get; } = new(Options.Create(new SamplerOptions()));

    /// <summary>Another dashboard on the same store.</summary>
    public ServiceProvider AddDashboard(bool leads = true, TimeProvider? clock = null, IMaintenanceWork? work = null)
    {
        var configuration = Store.Configuration(("Access:BcryptCost", "10"), ("Maintenance:ReconcileAfter", "00:00:00"), ("Maintenance:RetryPause", "00:00:00.2"));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Microsoft.Extensions.Hosting.Environments.Development });
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddStoreWithoutService(configuration);
        services.AddAccounts();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton(new WritableGuard(Watches));
        services.AddMaintaining();
        services.AddMaintenance();
        services.RemoveAll<IMaintenanceWork>();
        if (work is not null || Maintain.Contains(":1/", StringComparison.Ordinal))
        {
            services.AddSingleton(work ?? Work);
        }
        else
        {
            services.AddSingleton<IMaintenanceWork, MaintenanceWork>();
        }

        services.AddSingleton<ILeadership>(new FixedLeadership { Leads = leads });
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<StoreState>().Set(ready: true, "The test's own.");
        _dashboards.Add(provider);
        return provider;
    }

    /// <summary>Starts the runner and the board of a dashboard.</summary>
    public async Task StartAsync(ServiceProvider? dashboard = null)
    {
        foreach (var service in (dashboard ?? Services).GetServices<IHostedService>().Where(service => service is MaintenanceRunner or MaintenanceBoard))
        {
            await service.StartAsync(CancellationToken.None);
            _running.Add(service);
        }
    }

    /// <summary>Starts the scheduler of a dashboard.</summary>
    public async Task StartClockAsync(ServiceProvider dashboard)
    {
        var clock = dashboard.GetServices<IHostedService>().OfType<ScheduleClock>().Single();
        await clock.StartAsync(CancellationToken.None);
        _running.Add(clock);
    }

    public PlanService Planning(Caller? caller = null) => With<PlanService>(caller);

    public RunService Runs(Caller? caller = null) => With<RunService>(caller);

    public RulesService Rules(Caller? caller = null) => With<RulesService>(caller);

    public ScheduleService Schedules(Caller? caller = null) => With<ScheduleService>(caller);

    public MaintenanceService Reading(Caller? caller = null) => With<MaintenanceService>(caller);

    /// <summary>Plans and asks to run it, as somebody.</summary>
    public async Task<Guid> AskAsync(MaintenanceOperation operation, Caller? caller = null)
    {
        var answer = await Runs(caller).RunAsync(new RunRequest((await PlanAsync(operation, caller)).Id, "for the test"));
        Assert.Null(answer.Fault);
        return answer.Run!.Value;
    }

    public async Task<PlannedMaintenance> PlanAsync(MaintenanceOperation operation, Caller? caller = null) => (await Planning(caller).PlanAsync(Environment, operation))!;

    public async Task<MaintenanceRunRow> RowAsync(Guid run)
    {
        await using var context = await ContextAsync();
        return await context.MaintenanceRuns.AsNoTracking().SingleAsync(row => row.Id == run);
    }

    /// <summary>Waits until a run is in one of these states.</summary>
    public async Task<MaintenanceRunRow> UntilAsync(Guid run, params MaintenanceRunState[] states)
    {
        MaintenanceRunRow row = null!;
        await Wait.UntilAsync(async _ => Array.IndexOf(states, (row = await RowAsync(run)).State) >= 0, TimeSpan.FromMinutes(1));
        return row;
    }

    public async Task<AdminDbContext> ContextAsync() => await Services.GetRequiredService<IDbContextFactory<AdminDbContext>>().CreateDbContextAsync();

    /// <summary>Rows of the audit log about maintenance: "maintenance.run Outcome done".</summary>
    public async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var context = await ContextAsync();
        return await context.AuditEntries.Where(entry => entry.Action.StartsWith("maintenance.")).OrderBy(entry => entry.Sequence).Select(entry => $"{entry.Action} {entry.Phase} {entry.Outcome}".Trim()).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running)
        {
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await service.StopAsync(late.Token);
        }

        foreach (var dashboard in _dashboards)
        {
            await dashboard.DisposeAsync();
        }

        await Store.DisposeAsync();
    }

    private T With<T>(Caller? caller) => ActivatorUtilities.CreateInstance<T>(Services, new KnownCaller(caller ?? Ada));

    private async Task<Caller> AccountAsync(string name, string role)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AdminUserManager>();
        var user = new AdminUser { Id = Guid.CreateVersion7(), UserName = name, Roles = [role], SecurityStamp = AdminUserManager.NewStamp(), CreatedAt = TimeProvider.System.GetUtcNow() };
        Assert.True((await users.SetPasswordAsync(user, Password)).Succeeded);
        Assert.True((await users.CreateAsync(user)).Succeeded);
        return new Caller(user.Id, name, [role], Roles.PermissionsOf([role]));
    }
}
