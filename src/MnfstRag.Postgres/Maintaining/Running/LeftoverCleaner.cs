using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Finds and drops what a failed try of a concurrent index command left, so that the next try begins from where the first did.</summary>
internal sealed class LeftoverCleaner(MaintenanceLink link, RunClock clock)
{
    private const int Tries = 3;

    /// <summary>What the step left; null when nothing, or when it cannot be seen.</summary>
    public async Task<IndexFacts?> FindAsync(MaintenanceStep step, StepBaseline before) =>
        await BooksAsync(step) is { } books ? ProofJudge.Leftover(step, before, books.Baseline) : null;

    /// <summary>Drops all that the step left.</summary>
    /// <returns>What could not be dropped, or null; and words for what was.</returns>
    public async Task<(IndexFacts? Left, string Cleared)> ClearAsync(MaintenanceStep step, StepBaseline before, CancellationToken cancellationToken)
    {
        var cleared = new List<string>();
        while (await FindAsync(step, before) is { } left)
        {
            // What DROP INDEX itself left unfinished is dropped by the next try, or by a repair.
            if (step.Kind == StepKind.DropIndex)
            {
                return (null, "");
            }

            if (cancellationToken.IsCancellationRequested || !await DropAsync(step, left, cancellationToken))
            {
                return (left, "");
            }

            cleared.Add(SqlName.Of(left.Schema, left.Name));
        }

        return (null, cleared.Count == 0 ? "" : $"The unfinished {string.Join(", ", cleared)} was dropped.");
    }

    /// <summary>The books now; null when they cannot be read.</summary>
    public async Task<StepBooks?> BooksAsync(MaintenanceStep step)
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
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                await sender.SendAsync(step with { Purpose = $"Clear up {SqlName.Of(left.Schema, left.Name)}" }, attempt, $"DROP INDEX CONCURRENTLY {SqlName.Of(left.Schema, left.Name)}", cancellationToken);
                return true;
            }
            catch (PostgresException refused) when (ServerWords.IsLock(refused) && attempt < Tries)
            {
                // Whoever held the lock may let go within another lock_timeout.
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                return false;
            }
        }

        return false;
    }
}
