using MnfstRag.Admin.Access;

namespace MnfstRag.Admin.Components.Layout;

/// <summary>Every page that is built, in the order of the navigation. A new page adds its line here.</summary>
public sealed class NavPages(IAccess access)
{
    private const string Now = "Now";
    private const string Shape = "Shape";
    private const string Change = "Change";
    private const string Tenants = "Tenants";
    private const string Proof = "People and proof";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NavPage> All { get; } =
    [
        new("Overview", "/", Now, "overview", Permissions.Watch, OfEnvironment: false, "home health status", HasRange: true),
        new("Connections", "/connections", Now, "connections", Permissions.Watch, OfEnvironment: true, "sessions backends locks blocked queries pg_stat_activity", HasRange: true),
        new("Queries", "/queries", Now, "queries", Permissions.Watch, OfEnvironment: true, "statements slow pg_stat_statements explain plan load", HasRange: true),
        new("Pools", "/pools", Now, "pools", Permissions.Watch, OfEnvironment: true, "pgbouncer pooler size overflow max clients waiting exhaustion", HasRange: true),
        new("Topology", "/topology", Now, "topology", Permissions.Watch, OfEnvironment: true, "replicas standby primary failover lag split brain promote timeline slots replication", HasRange: true),
        new("Indexes", "/indexes", Shape, "indexes", Permissions.Watch, OfEnvironment: true, "unused duplicate invalid pg_stat_user_indexes", HasRange: true),
        new("Tables", "/tables", Shape, "tables", Permissions.Watch, OfEnvironment: true, "size growth vacuum bloat wraparound sequences pg_stat_user_tables", HasRange: true),
        new("Server", "/server", Shape, "server", Permissions.Watch, OfEnvironment: true, "settings shared_buffers checkpoints wal io archiver replication slots pending restart capabilities what can be watched", HasRange: true),
        new("Environments", "/environments", Change, "environments", Permissions.ReadSettings, OfEnvironment: false, "development staging production compare differences side by side"),
        new("Settings", "/settings", Change, "settings", Permissions.ReadSettings, OfEnvironment: true, "env .env DATABASE_URL DB_POOL_SIZE JWT revision roll back import export validate"),
        new("Credentials", "/credentials", Change, "credentials", Permissions.ReadSettings, OfEnvironment: true, "watch maintain fence sign-in role password grant pg_monitor"),
        new("Checklists", "/checklists", Change, "checklists", Permissions.ReadSettings, OfEnvironment: true, "production security development attest backup template .env"),
        new("Maintenance", "/maintenance", Change, "maintenance", Permissions.PlanMaintenance, OfEnvironment: true, "vacuum analyze reindex create index drop plan run proof schedule window freeze"),
        new("Tenants", "/tenants", Tenants, "tenants", Permissions.CountTenants, OfEnvironment: false, "documents failed sessions messages chats transcript users orphans oddities"),
        new("Fence", "/tenants/fence", Tenants, "fence", Permissions.FenceTenants, OfEnvironment: true, "row level security views self-test sign-in product users script apply"),
        new("Health", "/health-check", Proof, "health", Permissions.CheckHealth, OfEnvironment: true, "support check diagnose report ticket what is wrong"),
        new("Alerts", "/alerts", Proof, "alerts", Permissions.HandleAlerts, OfEnvironment: true, "rules thresholds webhook mail mute acknowledge notify on-call"),
        new("Audit", "/audit", Proof, "audit", Permissions.ReadAudit, OfEnvironment: false, "log who did what chain verify"),
        new("Users", "/users", Proof, "users", Permissions.ManageUsers, OfEnvironment: false, "people roles invite lock reset"),
    ];

    /// <summary>Those that the caller may open.</summary>
    public async Task<IReadOnlyList<NavPage>> AllowedAsync(CancellationToken cancellationToken = default)
    {
        HashSet<string> held = new(StringComparer.Ordinal);
        foreach (var permission in All.Select(page => page.Permission).Distinct(StringComparer.Ordinal))
        {
            if (await access.MayAsync(permission, cancellationToken))
            {
                held.Add(permission);
            }
        }

        return [.. All.Where(page => held.Contains(page.Permission))];
    }
}
