using System.Collections.Concurrent;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Changes of status under way and lately done. They go on when the person's tab closes; what was not reached when the dashboard ends still has
/// its old status, and its audit intent stands without an outcome. Singleton.
/// </summary>
internal sealed class StatusRuns(TenantDatabases databases, IAuditLog audit, TimeProvider clock, ILogger<StatusRuns> logger)
{
    /// <summary>Documents of one transaction.</summary>
    private const int Step = 250;

    /// <summary>Runs that are remembered.</summary>
    private const int Most = 200;

    private readonly ConcurrentDictionary<Guid, Entry> _runs = new();

    public StatusRun? Find(Guid environment, Guid tenant, Guid run) =>
        _runs.TryGetValue(run, out var entry) && entry.Scope.EnvironmentId == environment && entry.Run.Tenant == tenant ? entry.Run : null;

    /// <summary>The newest of a tenant.</summary>
    public StatusRun? Latest(Guid environment, Guid tenant) =>
        _runs.Values.Where(entry => entry.Scope.EnvironmentId == environment && entry.Run.Tenant == tenant).MaxBy(entry => entry.Began)?.Run;

    public bool IsRunning(Guid environment, Guid tenant) => Latest(environment, tenant) is { State: StatusRunState.Running };

    /// <summary>Begins one whose intent stands in the audit log.</summary>
    public StatusRun Begin(TenantScope scope, AuditEvent intent, Guid correlation, StatusChange change, IReadOnlyList<Guid> documents)
    {
        foreach (var old in _runs.Values.Where(one => one.Run.State != StatusRunState.Running).OrderBy(one => one.Began).Take(Math.Max(0, _runs.Count - Most)).ToList())
        {
            _runs.TryRemove(old.Run.Id, out _);
        }

        var run = new StatusRun(correlation, scope.OneTenant, change, documents.Count, 0, [], StatusRunState.Running, null, null);
        var entry = new Entry(scope, intent with { Correlation = correlation }, documents, clock.GetUtcNow(), run);
        _runs[correlation] = entry;
        _ = Task.Run(() => RunAsync(entry));
        return run;
    }

    public void Cancel(Guid run)
    {
        if (_runs.TryGetValue(run, out var entry))
        {
            entry.Cancelled = true;
        }
    }

    /// <summary>What was not reached.</summary>
    public IReadOnlyList<Guid> Rest(Guid run) => _runs.TryGetValue(run, out var entry) ? [.. entry.Documents.Skip(entry.Run.Done)] : [];

    private async Task RunAsync(Entry entry)
    {
        var change = entry.Run.Change;
        try
        {
            foreach (var part in entry.Documents.Chunk(Step))
            {
                if (entry.Cancelled)
                {
                    entry.Run = entry.Run with { State = StatusRunState.Stopped, Words = "It was stopped. What was done stays done; the rest was not touched." };
                    break;
                }

                var changed = await databases.WriteAsync(
                    entry.Scope.EnvironmentId, entry.Run.Tenant, (context, _, token) => context.SetStatusAsync(part, change.Expected, change.Wanted, token), CancellationToken.None);
                entry.Run = entry.Run with { Done = entry.Run.Done + part.Length, Changed = [.. entry.Run.Changed, .. changed], ChangedAt = clock.GetUtcNow() };
            }

            if (entry.Run.State == StatusRunState.Running)
            {
                entry.Run = entry.Run with { State = StatusRunState.Done };
            }
        }
        catch (TenantUnavailableException fault)
        {
            entry.Run = entry.Run with { State = StatusRunState.Stopped, Words = fault.Message };
        }
        catch (Exception fault)
        {
            TenantsLog.RunFailed(logger, entry.Run.Id, fault);
            entry.Run = entry.Run with { State = StatusRunState.Stopped, Words = "It stopped because of a fault in the dashboard; the log has the details." };
        }

        await FinishAsync(entry);
    }

    private async Task FinishAsync(Entry entry)
    {
        var run = entry.Run;
        var outcome = FormattableString.Invariant($"{(run.State == StatusRunState.Done ? "done" : "stopped")}: {run.Changed.Count} changed of {run.Done} gone through, {run.Total} meant");
        TenantsLog.StatusSet(logger, run.Change.Wanted, entry.Scope.Environment, run.Tenant, entry.Scope.Caller.Name, outcome);
        try
        {
            await audit.WriteAsync(entry.Intent with { Phase = AuditPhase.Outcome, Outcome = outcome, Details = null });
        }
        catch (Exception fault)
        {
            TenantsLog.OutcomeNotWritten(logger, run.Id, outcome, fault);
            entry.Run = run with { Words = $"{run.Words} The audit log could not take the outcome: it shows the intent as unproven.".Trim() };
        }
    }

    private sealed class Entry(TenantScope scope, AuditEvent intent, IReadOnlyList<Guid> documents, DateTimeOffset began, StatusRun run)
    {
        private volatile StatusRun _run = run;

        public TenantScope Scope => scope;

        public AuditEvent Intent => intent;

        public IReadOnlyList<Guid> Documents => documents;

        public DateTimeOffset Began => began;

        public StatusRun Run
        {
            get => _run;
            set => _run = value;
        }

        public volatile bool Cancelled;
    }
}
