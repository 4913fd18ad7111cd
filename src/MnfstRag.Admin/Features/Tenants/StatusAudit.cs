using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>What the audit log says of changes of status. Singleton.</summary>
internal sealed class StatusAudit(IAuditLog audit, IEnvironmentStore environments, ILogger<StatusAudit> logger)
{
    private const string Action = "documents.status";

    /// <summary>Before it is begun; gives its correlation.</summary>
    public Task<Guid> IntentAsync(StatusRunRow run, Caller caller, string environment, CancellationToken cancellationToken) => audit.WriteAsync(
        new AuditEvent(Action, AuditPhase.Intent, caller, environment, Object(run), Correlation: run.Id, Details: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = run.Expected ?? "any",
            ["to"] = run.Wanted,
            ["reason"] = run.Reason,
            ["which"] = run.Which,
        }),
        cancellationToken);

    /// <summary>It was not begun after all.</summary>
    public Task RefusedAsync(StatusRunRow run, Caller caller, string environment, string outcome, CancellationToken cancellationToken) =>
        audit.WriteAsync(new AuditEvent(Action, AuditPhase.Outcome, caller, environment, Object(run), outcome, run.Id), cancellationToken);

    /// <summary>The dashboard itself goes on with it.</summary>
    public Task ResumedAsync(StatusRunRow run, string environment, CancellationToken cancellationToken)
    {
        TenantsLog.Resumed(logger, run.Id, run.Done, run.Documents.Length);
        return audit.WriteAsync(
            new AuditEvent(
                "documents.status-resumed",
                AuditPhase.Event,
                null,
                environment,
                Object(run),
                FormattableString.Invariant($"taken up again after the dashboard was restarted: {run.Done} gone through, {run.Documents.Length} meant"),
                run.Id,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["begun by"] = run.StartedBy }),
            cancellationToken);
    }

    /// <summary>What came of it.</summary>
    public async Task EndedAsync(StatusRunRow run, StatusRunState state, string? words, CancellationToken cancellationToken)
    {
        var environment = (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == run.EnvironmentId)?.Name ?? "an environment that is gone";
        var outcome = FormattableString.Invariant($"{(state == StatusRunState.Done ? "done" : "stopped")}: {run.Changed.Length} changed of {run.Done} gone through, {run.Documents.Length} meant");
        TenantsLog.StatusSet(logger, run.Wanted, environment, run.TenantId, run.StartedBy, outcome);
        var starter = new Caller(run.StartedById, run.StartedBy, [], new HashSet<string>(StringComparer.Ordinal));
        await audit.WriteAsync(
            new AuditEvent(Action, AuditPhase.Outcome, starter, environment, Object(run), outcome, run.Id, words is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["why"] = words }), cancellationToken);
    }

    private static string Object(StatusRunRow run) => FormattableString.Invariant($"{run.Documents.Length} documents of tenant {run.TenantId}");
}
