using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Finds and drops what a failed try of a concurrent index command left, so that the next try begins from where the first did.</summary>
internal sealed class LeftoverCleaner(MaintenanceLink link, RunClock clock)
{
    /// <summary>Looks what the step left, and touches nothing.</summary>
    public async Task<Cleaning> FindAsync(MaintenanceStep step, StepBaseline before)
    {
        var books = await BooksAsync(step);
        return new Cleaning(books, books is null ? null : ProofJudge.Leftover(step, before, books.Baseline), "");
    }

    /// <summary>Drops all that the step left.</summary>
    public async Task<Cleaning> ClearAsync(MaintenanceStep step, StepBaseline before, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        while (true)
        {
            var found = await FindAsync(step, before);
            // What DROP INDEX itself left unfinished is dropped by the next try, or by a repair.
            if (found.Left is not { } left || step.Kind == StepKind.DropIndex)
            {
                return found with { Cleared = dropped.Count == 0 ? "" : $"The unfinished {string.Join(", ", dropped)} was dropped." };
            }

            if (cancellationToken.IsCancellationRequested || !await DropAsync(step, left, cancellationToken))
            {
                return found;
            }

            dropped.Add(SqlName.Of(left.Schema, left.Name));
        }
    }

    private async Task<StepBooks?> BooksAsync(MaintenanceStep step)
    {
        try
        {
            return await BaselineReader.ReadAsync(link.Connection, MaintenanceLink.Questions, link.Ground, step, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<bool> DropAsync(MaintenanceStep step, IndexFacts left, CancellationToken cancellationToken)
    {
        var sender = new StepSender(link, clock);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await sender.SendAsync(step with { Purpose = $"Clear up {SqlName.Of(left.Schema, left.Name)}" }, attempt, $"DROP INDEX CONCURRENTLY {SqlName.Of(left.Schema, left.Name)}", cancellationToken);
                return true;
            }
            catch (PostgresException refused) when (ServerWords.IsLock(refused) && attempt < clock.Options.Attempts && !cancellationToken.IsCancellationRequested)
            {
                // Whoever held the lock for the step holds it for this as well: it may let go until the next try.
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                return false;
            }

            if (!await clock.PauseAsync(attempt, pause => clock.Tell(step, attempt, $"Clear up {SqlName.Of(left.Schema, left.Name)}: a lock was in the way; the next try comes in {Plain.Duration(pause)}", retryIn: pause), cancellationToken))
            {
                return false;
            }
        }
    }
}
