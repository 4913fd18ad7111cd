using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Where what a rule is about can be looked at.</summary>
internal static class AlertPlaces
{
    /// <summary>A page of the dashboard, with the environment.</summary>
    public static string Of(string rule, string environment) => $"{Page(rule)}?environment={Uri.EscapeDataString(environment)}";

    private static string Page(string rule) => rule switch
    {
        AlertRules.Connections or AlertRules.IdleInTransaction or AlertRules.Blocked => "/connections",
        AlertRules.Wraparound or AlertRules.Sequence => "/tables",
        AlertRules.PendingRestart or AlertRules.Archiving => "/server",
        AlertRules.Primary or AlertRules.ReplicaLag or AlertRules.ReplicaDelay => "/topology",
        AlertRules.Certificate => "/settings",
        AlertRules.FailedRuns => "/maintenance",
        AlertRules.Fence => "/tenants/fence",
        _ => "/",
    };
}
