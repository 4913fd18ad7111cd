using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>
/// Maintenance runs in the own store. Each step from one state to the next is one statement that names the state it comes from,
/// in one transaction with its row in the audit log: of many who try, one succeeds. Singleton. Checks no permission.
/// </summary>
public sealed class MaintenanceRuns(IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock)
{
    /// <summary>A run came, or changed its state, here. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Adds a run with its audit row, or finds the one that has its key already.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was added.</exception>
    internal async Task<(MaintenanceRunRow Run, bool Added)> AddAsync(MaintenanceRunRow run, AuditEvent entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var added = false;
        await audit.WithAsync(
            context,
            async () =>
            {
                // Those who come at the same time wait for the first one's transaction here, and find its row.
                await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({run.Key}, 0))", cancellationToken);
                if (await context.MaintenanceRuns.AsNoTracking().AnyAsync(one => one.Key == run.Key, cancellationToken))
                {
                    return null;
                }

                context.MaintenanceRuns.Add(run);
                await context.SaveChangesAsync(cancellationToken);
                added = true;
                return entry;
            },
            cancellationToken);
        if (added)
        {
            Changed?.Invoke();
            return (run, true);
        }

        return (await context.MaintenanceRuns.AsNoTracking().SingleAsync(one => one.Key == run.Key, cancellationToken), false);
    }

    /// <summary>One run with everything about it; null when there is none of that id.</summary>
    internal async Task<MaintenanceRunRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MaintenanceRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id, cancellationToken);
    }

    /// <summary>Runs of one state, the oldest first.</summary>
    internal async Task<IReadOnlyList<MaintenanceRunRow>> OfAsync(MaintenanceRunState state, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MaintenanceRuns.AsNoTracking().Where(run => run.State == state).OrderBy(run => run.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Takes a queued run, with the audit log's intent: false when somebody else has, or when it is queued no more. Without the
    /// intent it is not taken.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It was not taken.</exception>
    internal Task<bool> TakeAsync(MaintenanceRunRow run, Guid claim, AuditEvent intent, CancellationToken cancellationToken) => ChangeAsync(
        context => context.MaintenanceRuns
            .Where(one => one.Id == run.Id && one.State == MaintenanceRunState.Queued && one.CancelAskedAt == null)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.State, MaintenanceRunState.Running)
                    .SetProperty(one => one.Words, (string?)null)
                    .SetProperty(one => one.Plan, run.Plan)
                    .SetProperty(one => one.Script, run.Script)
                    .SetProperty(one => one.Verdict, run.Verdict)
                    .SetProperty(one => one.Bytes, run.Bytes)
                    .SetProperty(one => one.Targets, run.Targets)
                    .SetProperty(one => one.Claim, claim)
                    .SetProperty(one => one.StartedAt, clock.GetUtcNow()),
                cancellationToken),
        intent,
        cancellationToken);

    /// <summary>Ends a run that is still this process's, with the audit log's outcome: false when another one has taken it over.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    internal Task<bool> EndAsync(Guid id, Guid? claim, MaintenanceRunState state, string? words, string? result, AuditEvent outcome, CancellationToken cancellationToken) => ChangeAsync(
        context => context.MaintenanceRuns
            .Where(one => one.Id == id && one.Claim == claim && MaintenanceRunStates.Open.Contains(one.State))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.State, state)
                    .SetProperty(one => one.Words, words)
                    .SetProperty(one => one.Result, one => result ?? one.Result)
                    .SetProperty(one => one.Progress, (string?)null)
                    .SetProperty(one => one.EndedAt, clock.GetUtcNow()),
                cancellationToken),
        outcome,
        cancellationToken);

    /// <summary>
    /// Every run that was under way in another process becomes this one's, to be reconciled. The other process can write nothing
    /// about it any more.
    /// </summary>
    internal async Task<IReadOnlyList<MaintenanceRunRow>> TakeOverAsync(Guid claim, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var taken = await context.MaintenanceRuns
            .Where(one => (one.State == MaintenanceRunState.Running || one.State == MaintenanceRunState.Reconciling) && one.Claim != claim)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.State, MaintenanceRunState.Reconciling)
                    .SetProperty(one => one.Words, one => one.State == MaintenanceRunState.Reconciling && one.Words != null
                        ? one.Words
                        : "The process that ran it is gone. What happened is being found out on the server; nothing is run again.")
                    .SetProperty(one => one.Claim, claim),
                cancellationToken);
        if (taken > 0)
        {
            Changed?.Invoke();
        }

        return await context.MaintenanceRuns.AsNoTracking()
            .Where(one => one.State == MaintenanceRunState.Reconciling && one.Claim == claim).OrderBy(one => one.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Gives back a run that this process began and is not at work on any more: it is reconciled.</summary>
    internal async Task LetGoAsync(Guid id, Guid claim, string? words, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.MaintenanceRuns
            .Where(one => one.Id == id && one.Claim == claim && one.State == MaintenanceRunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.State, MaintenanceRunState.Reconciling).SetProperty(one => one.Words, words).SetProperty(one => one.Claim, (Guid?)null), cancellationToken);
        Changed?.Invoke();
    }

    /// <summary>Says how far a run is. Nothing happens when it is not this process's any more.</summary>
    internal async Task TellAsync(Guid id, Guid claim, string? progress, string? words, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.MaintenanceRuns
            .Where(one => one.Id == id && one.Claim == claim)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Progress, progress).SetProperty(one => one.Words, words), cancellationToken);
    }

    /// <summary>Says why a queued run does not begin yet.</summary>
    internal async Task WaitAsync(Guid id, string words, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.MaintenanceRuns
            .Where(one => one.Id == id && one.State == MaintenanceRunState.Queued && one.Words != words)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Words, words), cancellationToken);
    }

    /// <summary>Asks a run to stop. One that has not begun ends at once; false when it has ended already.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was asked.</exception>
    internal async Task<bool> AskToStopAsync(Guid id, string by, AuditEvent entry, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var words = $"{by} stopped it before it began.";
        return await ChangeAsync(
            async context =>
                await context.MaintenanceRuns
                    .Where(one => one.Id == id && (one.State == MaintenanceRunState.Queued || one.State == MaintenanceRunState.WaitingForApproval))
                    .ExecuteUpdateAsync(
                        set => set
                            .SetProperty(one => one.State, MaintenanceRunState.Cancelled)
                            .SetProperty(one => one.Words, words)
                            .SetProperty(one => one.CancelAskedAt, now)
                            .SetProperty(one => one.CancelAskedBy, by)
                            .SetProperty(one => one.EndedAt, now),
                        cancellationToken)
                + await context.MaintenanceRuns
                    .Where(one => one.Id == id && (one.State == MaintenanceRunState.Running || one.State == MaintenanceRunState.Reconciling) && one.CancelAskedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.CancelAskedAt, now).SetProperty(one => one.CancelAskedBy, by), cancellationToken),
            entry,
            cancellationToken);
    }

    /// <summary>Queues a run that waited for a second administrator: false when it waits no more, or when <paramref name="by"/> asked for it.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was changed.</exception>
    internal Task<bool> ApproveAsync(Guid id, Guid by, string name, AuditEvent entry, CancellationToken cancellationToken) => ChangeAsync(
        context => context.MaintenanceRuns
            .Where(one => one.Id == id && one.State == MaintenanceRunState.WaitingForApproval && one.RequestedById != by)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.State, MaintenanceRunState.Queued)
                    .SetProperty(one => one.Words, (string?)null)
                    .SetProperty(one => one.ApprovedById, by)
                    .SetProperty(one => one.ApprovedBy, name)
                    .SetProperty(one => one.ApprovedAt, clock.GetUtcNow()),
                cancellationToken),
        entry,
        cancellationToken);

    /// <summary>Those of <paramref name="ids"/> that somebody asked to stop.</summary>
    internal async Task<IReadOnlyList<Guid>> AskedToStopAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MaintenanceRuns.Where(run => ids.Contains(run.Id) && run.CancelAskedAt != null).Select(run => run.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(Func<AdminDbContext, Task<int>> change, AuditEvent entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var done = await audit.WithAsync(context, async () => await change(context) > 0 ? entry : null, cancellationToken);
        if (done)
        {
            Changed?.Invoke();
        }

        return done;
    }
}
