using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>
/// Carries out one change of status, in steps of one transaction each. No document is gone through twice: before a step commits its
/// transaction id is in the own store, and a step of which nobody heard is asked for on the server before the next one. Singleton.
/// </summary>
internal sealed class StatusExecution(
    StatusRecords records, TenantDatabases databases, IAbsentAccess absent, StatusAudit audit, TimeProvider clock, ILogger<StatusExecution> logger)
{
    /// <summary>Documents of one transaction.</summary>
    public const int Step = 250;

    /// <summary>So long one that was taken up again waits for a server that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end, or until the host stops.</summary>
    /// <param name="id">Which; taken by <paramref name="claim"/>.</param>
    /// <param name="claim">This process.</param>
    /// <param name="resumed">Another process had it before, or nobody took it for long.</param>
    /// <param name="stopping">Cancelled when the host stops.</param>
    /// <exception cref="StatusTakenOverException">It is another process's by now.</exception>
    public async Task RunAsync(Guid id, Guid claim, bool resumed, CancellationToken stopping)
    {
        try
        {
            var (state, words) = (resumed ? await TakeUpAsync(id, claim, stopping) : null) ?? await StepsAsync(id, claim, stopping);
            await EndAsync(id, claim, state, words, stopping);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StatusTakenOverException))
        {
            TenantsLog.RunFailed(logger, id, fault);
            await EndAsync(id, claim, StatusRunState.Stopped, "It stopped because of a fault in the dashboard; the log has the details.", stopping);
        }
    }

    /// <summary>
    /// Finds out what became of a step of which nobody heard, and notes it. False while the server has not ended it yet; one that is so long ago
    /// that the server has forgotten it counts as gone through, for it is better left than done twice.
    /// </summary>
    /// <exception cref="TenantUnavailableException">The server does not say.</exception>
    /// <exception cref="StoreUnavailableException">It could not be noted.</exception>
    public async Task<bool> FindOutAsync(StatusRunRow run, CancellationToken cancellationToken)
    {
        // Asked in a transaction that may write: only the primary knows for certain.
        var outcome = await databases.WriteAsync(
            run.EnvironmentId,
            run.TenantId,
            async (context, _, token) => run.StepTransaction is { } transaction ? await context.OutcomeAsync(transaction, token) : "aborted",
            cancellationToken);
        if (run.StepTransaction is null || outcome == "in progress")
        {
            return outcome != "in progress";
        }

        if (outcome is null)
        {
            TenantsLog.StepForgotten(logger, run.Id, run.StepCount);
        }

        var (count, changes) = outcome switch { "committed" => (run.StepCount, run.StepChanges), "aborted" => (0, []), _ => (run.StepCount, []) };
        return await records.SettleAsync(run.Id, run.Claim, run.Done, count, changes, cancellationToken) ? true : throw new StatusTakenOverException();
    }

    private async Task<(StatusRunState State, string? Words)?> TakeUpAsync(Guid id, Guid claim, CancellationToken stopping)
    {
        var until = clock.GetUtcNow() + Patience;
        while (true)
        {
            string waits;
            try
            {
                var run = await WholeAsync(id, stopping);
                var scope = await absent.RequireAsync(run.StartedById, run.StartedByAddress, Permissions.ChangeTenants, run.EnvironmentId, run.TenantId, stopping);
                if (await FindOutAsync(run, stopping))
                {
                    await audit.ResumedAsync(await WholeAsync(id, stopping), scope.Environment, stopping);
                    await MineAsync(records.WaitAsync(id, claim, null, stopping));
                    return null;
                }

                waits = "The server has not ended the step yet that the dashboard was in when it ended.";
            }
            catch (Exception refused) when (refused is PermissionDeniedException or TenantNotFoundException)
            {
                return (StatusRunState.Stopped, "The dashboard was restarted, and whoever began this may not change documents of this tenant any more. What was done stays done; the rest was not touched.");
            }
            catch (Exception away) when (away is TenantUnavailableException or TenantAreaClosedException)
            {
                waits = away.Message;
            }
            catch (Exception away) when (StoreFaults.IsOne(away))
            {
                TenantsLog.StoreAway(logger, away.Message);
                await Task.Delay(Pause, clock, stopping);
                continue;
            }

            if (clock.GetUtcNow() > until)
            {
                return (StatusRunState.Stopped, $"The dashboard was restarted, and could not go on. {waits}");
            }

            await StoredAsync(() => records.WaitAsync(id, claim, $"The dashboard was restarted; this goes on as soon as it can. {waits}", stopping), stopping);
            await Task.Delay(Pause, clock, stopping);
        }
    }

    private async Task<(StatusRunState State, string? Words)> StepsAsync(Guid id, Guid claim, CancellationToken stopping)
    {
        var run = await StoredAsync(() => WholeAsync(id, stopping), stopping);
        var done = run.Done;
        foreach (var part in run.Documents.Skip(run.Done).Chunk(Step))
        {
            stopping.ThrowIfCancellationRequested();
            if (await StoredAsync(() => records.IsCancelledAsync(id, stopping), stopping))
            {
                return (StatusRunState.Stopped, "It was stopped. What was done stays done; the rest was not touched.");
            }

            try
            {
                // While the own store is away the step is undone and tried again: nothing is committed that it does not know of.
                var changed = await StoredAsync(() => StepAsync(run, claim, part), stopping);

                // Committed: this is noted however long the store is away, or found out by the next process.
                await MineAsync(StoredAsync(() => records.SettleAsync(id, claim, done, part.Length, changed, CancellationToken.None), stopping));
                done += part.Length;
            }
            catch (TenantUnavailableException fault)
            {
                return (StatusRunState.Stopped, fault.Message);
            }
        }

        return (StatusRunState.Done, null);
    }

    private Task<Guid[]> StepAsync(StatusRunRow run, Guid claim, Guid[] part) => databases.WriteAsync(
        run.EnvironmentId,
        run.TenantId,
        async (context, _, token) =>
        {
            Guid[] changed = [.. await context.SetStatusAsync(part, run.Expected, run.Wanted, token)];
            if (changed.Length > 0 && await context.TransactionAsync(token) is { } transaction)
            {
                await MineAsync(records.AboutToAsync(run.Id, claim, transaction, part.Length, changed, token));
            }

            return changed;
        },
        CancellationToken.None);

    private async Task EndAsync(Guid id, Guid claim, StatusRunState state, string? words, CancellationToken stopping)
    {
        var run = await StoredAsync(() => WholeAsync(id, stopping), stopping);
        if (run.Claim != claim || run.State != StatusRunState.Running)
        {
            throw new StatusTakenOverException();
        }

        await StoredAsync(async () => { await audit.EndedAsync(run, state, words, stopping); return true; }, stopping);
        await MineAsync(StoredAsync(() => records.EndAsync(id, claim, state, words, stopping), stopping));
    }

    private async Task<StatusRunRow> WholeAsync(Guid id, CancellationToken cancellationToken) => await records.WholeAsync(id, cancellationToken) ?? throw new StatusTakenOverException();

    private static async Task MineAsync(Task<bool> written)
    {
        if (!await written)
        {
            throw new StatusTakenOverException();
        }
    }

    private async Task<T> StoredAsync<T>(Func<Task<T>> ask, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException away)
            {
                TenantsLog.StoreAway(logger, away.Message);
                await Task.Delay(Pause, clock, stopping);
            }
        }
    }
}
