namespace MnfstRag.Admin.Access;

/// <summary>Everything a person may be allowed to do. Services check these; roles are sets of them (<see cref="Roles"/>).</summary>
public static class Permissions
{
    /// <summary>See connections, locks and figures of an environment; query text with literals masked.</summary>
    public const string Watch = "server.watch";

    /// <summary>See one session's query text with its literals (audited).</summary>
    public const string ReadRawQueries = "queries.raw";

    /// <summary>Cancel or terminate a backend.</summary>
    public const string SignalBackends = "backends.signal";

    /// <summary>Ask the server for the plan of a recorded statement (audited).</summary>
    public const string ExplainStatements = "queries.explain";

    /// <summary>Dismiss a finding for a time, with a reason (audited).</summary>
    public const string DismissFindings = "findings.dismiss";

    /// <summary>See an environment's settings; secrets never.</summary>
    public const string ReadSettings = "settings.read";

    /// <summary>Change an environment's settings, and export them with secrets after the password was typed again (audited).</summary>
    public const string ChangeSettings = "settings.change";

    /// <summary>See what maintenance needs doing, what runs and what was proven; make a plan, copy it as a script.</summary>
    public const string PlanMaintenance = "maintenance.plan";

    /// <summary>Run a maintenance plan that makes nobody wait, now or at a set time (audited).</summary>
    public const string RunSafeMaintenance = "maintenance.run";

    /// <summary>Run a plan that may make others wait, or cannot be undone, after the password was typed again (audited).</summary>
    public const string RunDisruptiveMaintenance = "maintenance.disrupt";

    /// <summary>Freeze an environment, ask for a second administrator's approval of its plans, and give that approval (audited).</summary>
    public const string GovernMaintenance = "maintenance.govern";

    /// <summary>Run health checks and make a report.</summary>
    public const string CheckHealth = "health.check";

    /// <summary>See alerts, acknowledge and mute them (audited).</summary>
    public const string HandleAlerts = "alerts.handle";

    /// <summary>Change alert rules and where alerts are sent (audited).</summary>
    public const string ChangeAlerts = "alerts.change";

    /// <summary>See how many documents, chats, sessions and messages tenants have and how they fare; no content.</summary>
    public const string CountTenants = "tenants.count";

    /// <summary>Read documents, chats, sessions and messages: of one's own tenant, or of any tenant (audited).</summary>
    public const string ReadTenants = "tenants.read";

    /// <summary>Set the status of documents: of one's own tenant, or of any tenant (audited).</summary>
    public const string ChangeTenants = "tenants.change";

    /// <summary>Import and export tenant data: of one's own tenant, or of any tenant (audited).</summary>
    public const string TransferTenants = "tenants.transfer";

    /// <summary>Apply, remove and test the tenants' fence, and let product users sign in (audited).</summary>
    public const string FenceTenants = "tenants.fence";

    /// <summary>Invite, change, lock and reset users.</summary>
    public const string ManageUsers = "users.manage";

    /// <summary>Read and verify the whole audit log.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>Every one of them; each is also the name of an authorization policy, for pages.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Watch, ReadRawQueries, SignalBackends, ExplainStatements, DismissFindings, ReadSettings, ChangeSettings,
        PlanMaintenance, RunSafeMaintenance, RunDisruptiveMaintenance, GovernMaintenance, CheckHealth, HandleAlerts, ChangeAlerts,
        CountTenants, ReadTenants, ChangeTenants, TransferTenants, FenceTenants, ManageUsers, ReadAudit,
    ];
}
