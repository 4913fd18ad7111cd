using System.Globalization;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>The rows of the audit log about a run. All of one run have its correlation.</summary>
internal static class MaintenanceAudit
{
    /// <summary>Somebody asked for it: it is queued, waits for approval, or was refused.</summary>
    public static AuditEvent Asked(MaintenanceRunRow run, Caller caller, string environment) =>
        Of("maintenance.ask", AuditPhase.Event, run, caller, environment) with
        {
            Outcome = run.State.Word(),
            Details = Details(
                ("sql", run.Script),
                ("verdict", run.Verdict),
                ("reason", run.Reason.Length == 0 ? null : run.Reason),
                ("refusal", run.State == MaintenanceRunState.Refused ? run.Words : null),
                ("schedule", run.ScheduleId?.ToString("D", CultureInfo.InvariantCulture))),
        };

    /// <summary>It is about to begin.</summary>
    public static AuditEvent Intent(MaintenanceRunRow run, string environment) =>
        Of("maintenance.run", AuditPhase.Intent, run, Requester(run), environment) with
        {
            Details = Details(("sql", run.Script), ("approved by", run.ApprovedBy), ("schedule", run.ScheduleId?.ToString("D", CultureInfo.InvariantCulture))),
        };

    /// <summary>It was not begun.</summary>
    public static AuditEvent Refused(MaintenanceRunRow run, string environment, string words) =>
        Of("maintenance.run", AuditPhase.Event, run, Requester(run), environment) with { Outcome = MaintenanceRunState.Refused.Word(), Details = Details(("refusal", words)) };

    /// <summary>It ended.</summary>
    public static AuditEvent Outcome(MaintenanceRunRow run, string environment, MaintenanceRunState state, string? words) =>
        Of("maintenance.run", AuditPhase.Outcome, run, Requester(run), environment) with { Outcome = state.Word(), Details = Details(("words", words)) };

    /// <summary>A person did something about it.</summary>
    public static AuditEvent By(Caller caller, string action, MaintenanceRunRow run, string environment, string outcome, string? reason = null) =>
        Of(action, AuditPhase.Event, run, caller, environment) with { Outcome = outcome, Details = Details(("reason", reason)) };

    /// <summary>Details without those that have no value.</summary>
    public static IReadOnlyDictionary<string, string> Details(params ReadOnlySpan<(string Name, string? Value)> details)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
        {
            if (value is { Length: > 0 })
            {
                kept[name] = value;
            }
        }

        return kept;
    }

    private static AuditEvent Of(string action, AuditPhase phase, MaintenanceRunRow run, Caller caller, string environment) =>
        new(action, phase, caller, environment, run.Title, Correlation: run.Correlation);

    private static Caller Requester(MaintenanceRunRow run) => new(run.RequestedById, run.RequestedBy, [], new HashSet<string>(StringComparer.Ordinal));
}
