using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Tenants;
using MnfstRag.Admin.Features.Tenants;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Tenants;

/// <summary>
/// The tenant area's services over a real fenced product. Whose tenant the caller has is said by the test; with <see cref="Filter"/> off it says yes to
/// everything, so that the database alone keeps tenants apart.
/// </summary>
internal sealed class TenantBench : ITenantAccess, IEnvironmentStore, IAuditLog, IAsyncDisposable
{
    public const string Environment = "production";

    private readonly Guid _environment = Guid.NewGuid();
    private readonly List<AuditEvent> _audited = [];

    private TenantBench(Fenced fenced, int connections)
    {
        Fenced = fenced;
        FenceUrl = fenced.Database.ConnectionStringFor(fenced.Reader);
        Databases = new TenantDatabases(this, new WriteTargets(new WritableGuard(Watches), this), connections);
        Oversights = new TenantOversights(this);
        Changes = new StatusBench(this);
        Downloads = new Downloads(TimeProvider.System);
        Access = new KnownCaller(Caller);
    }

    public Fenced Fenced { get; }

    public string FenceUrl { get; set; }

    /// <summary>The tenant that the caller may see. With <see cref="Filter"/> on, no other.</summary>
    public Guid Own { get; set; } = ProductSamples.TenantA;

    public bool Filter { get; set; } = true;

    /// <summary>The tenant that stands in the transaction, whatever was asked for.</summary>
    public bool AlwaysOwn { get; set; }

    public bool ReasonStated { get; set; } = true;

    public bool IsStaff { get; set; }

    /// <summary>Permissions that were asked for, in turn.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Where the caller may look is not answered before this is done.</summary>
    public Task Places { get; set; } = Task.CompletedTask;

    /// <summary>So much longer takes each question to the product.</summary>
    public TimeSpan Slowness { get; set; }

    public IReadOnlyList<AuditEvent> Audited => _audited;

    /// <summary>What the dashboard sees of the servers: nothing, until a test publishes it.</summary>
    public EnvironmentWatches Watches { get; } = new(Options.Create(new SamplerOptions()));

    public Guid EnvironmentId => _environment;

    public TenantDatabases Databases { get; }

    public TenantOversights Oversights { get; }

    /// <summary>Where changes of status are kept and carried out.</summary>
    public StatusBench Changes { get; }

    public Downloads Downloads { get; }

    public IAccess Access { get; set; }

    public Caller Caller { get; } = new(Guid.NewGuid(), "ada", [Roles.TenantAdmin], Roles.PermissionsOf([Roles.TenantAdmin]));

    public DocumentsService Documents => new(this, Access, Databases);

    public ConversationsService Conversations => new(this, Databases);

    public TenantSearchService Search => new(this, Databases);

    public PeopleService People => new(this, Databases);

    public TenantOverviewService Overview => new(this, Databases, TimeProvider.System);

    public TenantListService List => new(this, Oversights, Databases);

    public OdditiesService Oddities => new(this, Oversights);

    public StatusService Statuses => new(this, Databases, Changes.Records, Changes.Execution, Changes.Audit, TimeProvider.System);

    public TransferService Transfers => new(this, Databases, Downloads, this, TimeProvider.System);

    public static async Task<TenantBench> StartAsync(ProductShape shape, int? major = null, int connections = 8) => new(await Fenced.StartAsync(major ?? PostgresVersions.Newest, shape), connections);

    /// <summary>Over a product that stands already; it goes with the bench.</summary>
    public static TenantBench On(Fenced fenced) => new(fenced, connections: 8);

    /// <summary>What a run came to.</summary>
    public async Task<StatusRun> EndAsync(StatusRun run)
    {
        StatusRun? seen = null;
        await Wait.UntilAsync(async token => (seen = await Changes.Records.FindAsync(_environment, run.Tenant, run.Id, token)) is { State: not StatusRunState.Running });
        return seen!;
    }

    /// <summary>A file as a browser fetches it.</summary>
    public async Task<string> FetchAsync(string address)
    {
        var file = Downloads.Take(address[(address.LastIndexOf('/') + 1)..])!;
        using var memory = new MemoryStream();
        await file.Write(memory, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    public Task<TenantScope> RequireAsync(string permission, string? environment, Guid? tenant, CancellationToken cancellationToken = default)
    {
        lock (Asked)
        {
            Asked.Add(permission);
        }

        if (Filter && !IsStaff && tenant is { } asked && asked != Own)
        {
            throw new TenantNotFoundException();
        }

        var named = AlwaysOwn ? Own : tenant ?? (IsStaff ? null : Own);
        return Task.FromResult(new TenantScope(_environment, Environment, named, Caller, !IsStaff, permission != Permissions.CountTenants && ReasonStated));
    }

    public async Task<IReadOnlyList<TenantPlace>> PlacesAsync(CancellationToken cancellationToken = default)
    {
        await Places;
        return [new TenantPlace(_environment, Environment, IsStaff ? null : Own)];
    }

    public Task<string?> StateReasonAsync(string environment, Guid tenant, string reason, CancellationToken cancellationToken = default)
    {
        ReasonStated = reason.Length > 10;
        return Task.FromResult(ReasonStated ? null : "Say more.");
    }

    public Task RecordAsync(TenantScope scope, string what, CancellationToken cancellationToken = default) =>
        scope.IsOwn ? Task.CompletedTask : WriteAsync(new AuditEvent("tenants.content-read", AuditPhase.Event, scope.Caller, scope.Environment, what), cancellationToken);

    public Task<IReadOnlyList<WatchedEnvironment>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<WatchedEnvironment>>([new WatchedEnvironment(_environment, Environment, new HashSet<CredentialKind>())]);

    public async Task<string?> CredentialAsync(Guid environmentId, CredentialKind kind, CancellationToken cancellationToken = default)
    {
        await Task.Delay(Slowness, cancellationToken);
        return kind switch
        {
            CredentialKind.Fence => FenceUrl,
            CredentialKind.Watch => Fenced.Database.ConnectionStringFor(Fenced.Overseer),
            _ => null,
        };
    }

    public Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default)
    {
        lock (_audited)
        {
            var correlation = entry.Correlation ?? Guid.NewGuid();
            _audited.Add(entry with { Correlation = correlation });
            return Task.FromResult(correlation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Changes.DisposeAsync();
        await Databases.DisposeAsync();
        await Oversights.DisposeAsync();
        await Fenced.DisposeAsync();
    }
}
