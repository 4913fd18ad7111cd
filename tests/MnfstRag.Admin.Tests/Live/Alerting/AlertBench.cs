using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.SignIn;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Environments;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Live.Sampling;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>A real store with one environment whose connections a test fills and empties, and instances of the engine over it.</summary>
internal sealed class AlertBench : IAsyncDisposable
{
    public const string Environment = "production";
    public const string Password = "a long phrase for tests 4711";

    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));
    private Caller _ada = null!;

    private AlertBench(TestStore store, ServiceProvider services) => (Store, Services) = (store, services);

    public TestStore Store { get; }

    public ServiceProvider Services { get; }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public Guid EnvironmentId { get; private set; }

    public AlertOptions Options_ { get; } = new() { PublicUrl = "https://admin.example.org/" };

    public Reach Outgoing { get; } = new();

    public List<IAlertSource> Sources { get; } = [];

    public List<IQuietTimes> Quiet { get; } = [];

    public IDbContextFactory<AdminDbContext> Contexts => Services.GetRequiredService<IDbContextFactory<AdminDbContext>>();

    public AlertSecrets Secrets { get; } = new(new EphemeralDataProtectionProvider());

    public static async Task<AlertBench> CreateAsync()
    {
        var store = await TestStore.CreateAsync();
        var bench = new AlertBench(store, await store.MigratedAsync());
        await bench.Services.GetRequiredService<EnvironmentStore>().UpsertAsync([new ConfiguredEnvironment(Environment, new Dictionary<CredentialKind, string>())], CancellationToken.None);
        var environment = Assert.Single(await bench.Services.GetRequiredService<IEnvironmentStore>().ListAsync());
        bench._watches.Update([environment]);
        bench.EnvironmentId = environment.Id;
        await using var scope = bench.Services.CreateAsyncScope();
        var user = new AdminUser { UserName = "ada" };
        Assert.True((await scope.ServiceProvider.GetRequiredService<AdminUserManager>().CreateAsync(user, Password)).Succeeded);
        bench._ada = new Caller(user.Id, "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
        return bench;
    }

    /// <summary>An instance of the dashboard that leads: what it remembers is its own.</summary>
    public AlertEngine NewEngine(bool leads = true) => new(
        _watches,
        leads ? new SamplerBench.Leading() : new Following(),
        new StoreState(Clock),
        new AlertStore(Contexts),
        new AlertTelling(Contexts, Quiet, Options.Create(Options_)),
        Sources,
        Options.Create(Options_),
        Clock,
        NullLogger<AlertEngine>.Instance);

    /// <param name="network">The clock of a webhook's time limit and of its retries.</param>
    /// <param name="leads">Its instance leads.</param>
    public AlertPost NewPost(TimeProvider? network = null, bool leads = true) => new(
        Contexts,
        [new WebhookCarrier(Secrets, Outgoing, network ?? TimeProvider.System), new MailCarrier(Options.Create(Options_), Outgoing, TimeProvider.System)],
        leads ? new SamplerBench.Leading() : new Following(),
        new StoreState(Clock),
        Clock,
        NullLogger<AlertPost>.Instance);

    public AlertsService Alerts(Caller? caller = null) => new(new KnownCaller(caller ?? _ada), Contexts, Audit, Clock);

    public AlertRulesService RulesService(Caller? caller = null) => new(new KnownCaller(caller ?? _ada), Passwords, Contexts, Audit, Clock);

    public AlertChannelsService Channels(Caller? caller = null) => new(
        new KnownCaller(caller ?? _ada), Passwords, Contexts, Audit, Secrets, new ChannelRules(Outgoing, Options.Create(Options_)), Options.Create(Options_), Clock);

    public static Caller Support { get; } = new(Guid.NewGuid(), "sam", [Roles.Support], Roles.PermissionsOf([Roles.Support]));

    private AuditLog Audit => Services.GetRequiredService<AuditLog>();

    private PasswordAgain Passwords => new(Services.GetRequiredService<IServiceScopeFactory>(), new SignInAttempts(Options.Create(new AccessOptions { AttemptsPerAccount = 1000 })));

    /// <summary>The sampler brings so many connections of 97.</summary>
    public void Used(int connections) => Publish(Snapshots.Live([.. Enumerable.Range(1, connections).Select(pid => Snapshots.Session(pid))]));

    /// <summary>The sampler cannot read the server since then.</summary>
    public void Lost(DateTimeOffset since) => Publish(Snapshots.Live() with { State = WatchState.Failing, Explanation = "Nothing listens there.", FailingSince = since });

    private void Publish(EnvironmentSnapshot snapshot) =>
        _watches.Find(Environment)!.Publish(snapshot with { EnvironmentId = EnvironmentId, Environment = Environment, PublishedAt = Clock.GetUtcNow() });

    /// <summary>Looks every five seconds for so long, the sampler bringing the same.</summary>
    public async Task LookForAsync(AlertEngine engine, TimeSpan time, Action sample)
    {
        for (var passed = TimeSpan.Zero; passed <= time; passed += TimeSpan.FromSeconds(5))
        {
            sample();
            await engine.LookAsync(CancellationToken.None);
            Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    public async Task<List<AlertRow>> AlertsAsync()
    {
        await using var context = await Contexts.CreateDbContextAsync();
        return await context.Alerts.AsNoTracking().OrderBy(row => row.RaisedAt).ToListAsync();
    }

    public async Task<List<AlertDeliveryRow>> DeliveriesAsync()
    {
        await using var context = await Contexts.CreateDbContextAsync();
        return await context.AlertDeliveries.AsNoTracking().OrderBy(row => row.MadeAt).ToListAsync();
    }

    /// <summary>A webhook channel to a receiver of the test.</summary>
    public async Task<string> AddWebhookAsync(string url, FindingLevel least = FindingLevel.Warning)
    {
        Outgoing.Allowed = $"{Outgoing.Allowed} {new Uri(url).Authority}";
        var saved = await Channels().SaveAsync(new ChannelDraft(null, "on-call", AlertChannelKind.Webhook, url, null, least, Enabled: true), Password);
        Assert.Null(saved.Fault);
        return saved.Key!;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Store.DisposeAsync();
    }

    /// <summary>The list of hosts that may be asked, as a test writes it.</summary>
    internal sealed class Reach : IReachList
    {
        public string Allowed { get; set; } = "";

        public MnfstRag.Postgres.Connecting.ReachPolicy Policy => new() { Listed = MnfstRag.Postgres.Connecting.AllowList.Read(Allowed, out _) };
    }

    private sealed class Following : MnfstRag.Admin.Live.Sampling.ILeadership
    {
        public MnfstRag.Admin.Live.Sampling.Standing Standing { get; } = new(WatchState.Follower, "Another instance leads.", CancellationToken.None);

        public event Action? Changed
        {
            add { }
            remove { }
        }
    }
}
