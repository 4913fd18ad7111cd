using System.Globalization;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>
/// Applies the newest revision of an environment's settings to where the backend reads them. An audit row goes before and one after, joined by one
/// correlation id; without the first nothing is written. Scoped.
/// </summary>
public sealed class ApplyService
{
    private readonly IAccess _access;
    private readonly SettingsReading _reading;
    private readonly SettingsRevisions _revisions;
    private readonly ApplyTargets _targets;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock;
    private readonly ILogger<ApplyService> _logger;

    internal ApplyService(IAccess access, SettingsReading reading, SettingsRevisions revisions, ApplyTargets targets, IAuditLog audit, TimeProvider clock, ILogger<ApplyService> logger) =>
        (_access, _reading, _revisions, _targets, _audit, _clock, _logger) = (access, reading, revisions, targets, audit, clock, logger);

    /// <summary>Where the newest revision can be applied to, and what is missing where it cannot; empty without a revision.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<ApplyTarget>> TargetsAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        return await LatestAsync(environment, cancellationToken) is { } latest ? _targets.Of(latest.Settings) : [];
    }

    /// <summary>Reads the target and says what applying would change there; null when there is no such target, or nothing to apply.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings: looking signs in with them.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<ApplyPlan?> PlanAsync(string environment, ApplyTarget target, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (await LatestAsync(environment, cancellationToken) is not { } latest || !_targets.Of(latest.Settings).Contains(target) || target.Missing is not null)
        {
            return null;
        }

        var state = await _targets.LookAsync(latest.Settings, target, cancellationToken);
        var changes = target.Kind == ApplyTargetKind.File
            ? SettingsReading.Changes(state.File, latest.Settings.File, latest.Revision)
            : state.Changes(latest.Revision, ApplyTargets.VaultValues(latest.Settings));
        var isSame = state.Fault is null && (target.Kind == ApplyTargetKind.File ? state.File?.ToText() == latest.Settings.File.ToText() : changes.Count == 0);
        return new ApplyPlan(environment, latest.Revision.Number, target, state.Mark, changes, isSame, _clock.GetUtcNow(), state.Fault);
    }

    /// <summary>Writes what the plan says, unless a newer revision or another state of the target came meanwhile, and reads it back. Every fault is a report.</summary>
    /// <param name="plan">What <see cref="PlanAsync"/> gave.</param>
    /// <param name="cancellationToken">Ends it before the first audit row; after that it goes on, whatever happens to the caller.</param>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was written.</exception>
    public async Task<ApplyReport> ApplyAsync(ApplyPlan plan, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (await LatestAsync(plan.Environment, cancellationToken) is not { } latest || latest.Revision.Number != plan.Revision)
        {
            return new ApplyReport(ApplyReport.NotDone, $"Revision {plan.Revision} is not the newest any more. Nothing was written: look at what changed, and apply that.");
        }

        if (plan.Fault is not null || plan.Target.Missing is not null || !_targets.Of(latest.Settings).Contains(plan.Target))
        {
            return new ApplyReport(ApplyReport.NotDone, plan.Fault ?? $"{plan.Target.Words} is no place that these settings can be applied to. Nothing was written.");
        }

        var entry = new AuditEvent(
            "settings.apply",
            AuditPhase.Intent,
            caller,
            plan.Environment,
            string.Create(CultureInfo.InvariantCulture, $"revision {plan.Revision} to {plan.Target.Words}"),
            Details: new Dictionary<string, string>(StringComparer.Ordinal) { ["keys"] = string.Join(", ", plan.Changes.Select(change => change.Key)) });
        Guid correlation;
        try
        {
            correlation = await _audit.WriteAsync(entry, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ApplyLog.IntentNotWritten(_logger, plan.Environment, plan.Revision, exception);
            return new ApplyReport(ApplyReport.NotDone, "Nothing was written: the audit log cannot be written, and nothing is done that it does not show. An administrator finds the cause in the dashboard's log.");
        }

        var report = await _targets.WriteAsync(latest.Settings, plan.Target, plan.Mark, CancellationToken.None);
        ApplyLog.Applied(_logger, plan.Environment, plan.Revision, plan.Target.Words, caller.Name, report.Outcome);
        try
        {
            await _audit.WriteAsync(entry with { Phase = AuditPhase.Outcome, Outcome = report.Outcome, Correlation = correlation, Details = null }, CancellationToken.None);
            return report with { Correlation = correlation };
        }
        catch (Exception exception)
        {
            ApplyLog.OutcomeNotWritten(_logger, plan.Environment, correlation, report.Outcome, exception);
            return report with { Correlation = correlation, Words = report.Words + " The audit log could not take the outcome: it shows the intent as unproven, and the dashboard's log has the outcome." };
        }
    }

    private async Task<(SettingsRevision Revision, EnvironmentSettings Settings)?> LatestAsync(string environment, CancellationToken cancellationToken) =>
        await _reading.FindAsync(environment, cancellationToken) is { } known && await _revisions.LatestAsync(known.Id, cancellationToken) is { File: { } file } latest
            ? (latest, new EnvironmentSettings(known.Name, file))
            : null;
}
