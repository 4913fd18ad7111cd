using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;
using Npgsql;

namespace MnfstRag.Admin.Data.Tenants;

/// <summary>
/// Changes of many documents' status in the own store. Whoever writes about one names the claim that it has on it: of two processes one
/// succeeds. Singleton. Checks no permission.
/// </summary>
internal sealed class StatusRecords(IDbContextFactory<AdminDbContext> contexts, TimeProvider clock)
{
    /// <summary>So long those that ended are kept.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly Expression<Func<StatusRunRow, StatusRun>> Brief = row => new StatusRun(
        row.Id, row.TenantId, row.Wanted, row.Documents.Length, row.Done, row.Changed.Length, row.State, row.Words, row.ChangedAt);

    /// <summary>One was added here. Raised on any thread.</summary>
    public event Action? Added;

    /// <summary>Adds one that nobody is at work on yet: false when another one of the tenant is under way.</summary>
    /// <exception cref="StoreUnavailableException">It was not added.</exception>
    public async Task<bool> AddAsync(StatusRunRow row, CancellationToken cancellationToken)
    {
        var added = await AskAsync(async context =>
        {
            try
            {
                context.StatusRuns.Add(row);
                await context.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                return false;
            }

            var old = clock.GetUtcNow() - Kept;
            await context.StatusRuns.Where(one => one.EndedAt < old).ExecuteDeleteAsync(cancellationToken);
            return true;
        }, cancellationToken);
        if (added)
        {
            Added?.Invoke();
        }

        return added;
    }

    /// <summary>How one of a tenant stands; null when there is none of that identity.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot say.</exception>
    public Task<StatusRun?> FindAsync(Guid environment, Guid tenant, Guid run, CancellationToken cancellationToken) => AskAsync(
        context => Of(context, environment, tenant).Where(row => row.Id == run).Select(Brief).SingleOrDefaultAsync(cancellationToken), cancellationToken);

    /// <summary>The newest of a tenant.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<StatusRun?> LatestAsync(Guid environment, Guid tenant, CancellationToken cancellationToken) => AskAsync(
        context => Of(context, environment, tenant).OrderByDescending(row => row.StartedAt).ThenBy(row => row.Id).Select(Brief).FirstOrDefaultAsync(cancellationToken), cancellationToken);

    /// <summary>One with everything about it.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<StatusRunRow?> WholeAsync(Guid run, CancellationToken cancellationToken) => AskAsync(
        context => context.StatusRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == run, cancellationToken), cancellationToken);

    /// <summary>Those that are under way, with the claim on each and when it was begun.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public async Task<IReadOnlyList<(Guid Id, Guid? Claim, DateTimeOffset StartedAt)>> RunningAsync(CancellationToken cancellationToken) => await AskAsync(
        async context => (await context.StatusRuns.Where(row => row.State == StatusRunState.Running).OrderBy(row => row.StartedAt).Select(row => new { row.Id, row.Claim, row.StartedAt }).ToListAsync(cancellationToken))
            .ConvertAll(row => (row.Id, row.Claim, row.StartedAt)),
        cancellationToken);

    /// <summary>Takes one that nobody has, or from the process that has it: false when it is another's by now, or ended.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> TakeAsync(Guid run, Guid? from, Guid claim, CancellationToken cancellationToken) => ChangeAsync(
        rows => rows.Where(row => row.Id == run && row.State == StatusRunState.Running && row.Claim == from),
        rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Claim, claim), cancellationToken),
        cancellationToken);

    /// <summary>Says what it waits for: false when it is another process's by now.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> WaitAsync(Guid run, Guid claim, string? words, CancellationToken cancellationToken) => ChangeAsync(
        rows => Mine(rows, run, claim), rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.Words, words), cancellationToken), cancellationToken);

    /// <summary>Before a step is committed on the product's server: false when it is another process's by now, and then it must not be.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> AboutToAsync(Guid run, Guid claim, string transaction, int count, Guid[] changes, CancellationToken cancellationToken) => ChangeAsync(
        rows => Mine(rows, run, claim),
        rows => rows.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.StepTransaction, transaction).SetProperty(row => row.StepCount, count).SetProperty(row => row.StepChanges, changes), cancellationToken),
        cancellationToken);

    /// <summary>
    /// After a step that began at <paramref name="from"/>: how many it went through and what it changed. False when it is another process's by
    /// now, or has been noted already.
    /// </summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> SettleAsync(Guid run, Guid? claim, int from, int count, Guid[] changes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return AskAsync(
            async context => await context.Database.ExecuteSqlAsync(
                $"""
                UPDATE admin.status_runs
                SET done = done + {count},
                    changed = changed || {changes}::uuid[],
                    changed_at = CASE WHEN cardinality({changes}::uuid[]) > 0 THEN {now} ELSE changed_at END,
                    step_transaction = NULL,
                    step_count = 0,
                    step_changes = ARRAY[]::uuid[]
                WHERE id = {run} AND claim IS NOT DISTINCT FROM {claim}::uuid AND done = {from}
                """,
                cancellationToken) > 0,
            cancellationToken);
    }

    /// <summary>Ends it: false when it is another process's by now.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> EndAsync(Guid run, Guid claim, StatusRunState state, string? words, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ChangeAsync(
            rows => Mine(rows, run, claim),
            rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.Words, words).SetProperty(row => row.EndedAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>Leaves one that stopped at that: false when somebody else has, or went on with it.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> LeaveAsync(Guid run, CancellationToken cancellationToken) => ChangeAsync(
        rows => rows.Where(row => row.Id == run && row.State == StatusRunState.Stopped),
        rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, StatusRunState.Left), cancellationToken),
        cancellationToken);

    /// <summary>Asks one that is under way to stop after its step.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> CancelAsync(Guid run, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return ChangeAsync(
            rows => rows.Where(row => row.Id == run && row.State == StatusRunState.Running),
            rows => rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.CancelAskedAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>Whether somebody asked it to stop.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public Task<bool> IsCancelledAsync(Guid run, CancellationToken cancellationToken) => AskAsync(
        context => context.StatusRuns.AnyAsync(row => row.Id == run && row.CancelAskedAt != null, cancellationToken), cancellationToken);

    private static IQueryable<StatusRunRow> Of(AdminDbContext context, Guid environment, Guid tenant) =>
        context.StatusRuns.Where(row => row.EnvironmentId == environment && row.TenantId == tenant);

    private static IQueryable<StatusRunRow> Mine(IQueryable<StatusRunRow> rows, Guid run, Guid claim) =>
        rows.Where(row => row.Id == run && row.Claim == claim && row.State == StatusRunState.Running);

    private Task<bool> ChangeAsync(Func<IQueryable<StatusRunRow>, IQueryable<StatusRunRow>> which, Func<IQueryable<StatusRunRow>, Task<int>> change, CancellationToken cancellationToken) =>
        AskAsync(async context => await change(which(context.StatusRuns)) > 0, cancellationToken);

    // Said in the store's own words: between two databases it must be plain which one was away.
    private async Task<T> AskAsync<T>(Func<AdminDbContext, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await ask(context);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) && fault is not StoreUnavailableException)
        {
            throw new StoreUnavailableException("How changes of status stand is not known while it is away.", fault);
        }
    }
}
