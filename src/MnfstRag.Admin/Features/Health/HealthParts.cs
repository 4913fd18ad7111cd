using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Fencing;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Admin.Data.Settings.Vaulting;
using MnfstRag.Admin.Live.Reaching;

namespace MnfstRag.Admin.Features.Health;

/// <summary>What a run needs of the dashboard besides the watched server. Singleton.</summary>
internal sealed class HealthParts(
    AuditVerifier chain, SettingsRevisions revisions, Vaults vaults, IHistory history, IAuditLog audit, IReachList allowed, IFenceRecords fences, TimeProvider clock)
{
    public IAuditLog Audit => audit;

    public TimeProvider Clock => clock;

    /// <summary>What the own store knows of an environment. Vault's address was typed by a person, so it goes through the guard; the watch credential is the operator's.</summary>
    public StoreKnowledge Knowledge(WatchedEnvironment environment) => new(environment, chain, revisions, vaults, allowed.Policy, history, fences, clock);
}
