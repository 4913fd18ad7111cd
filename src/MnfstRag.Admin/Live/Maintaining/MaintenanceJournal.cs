using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>The journal of runs in the own store: what was about to be done, written before it was done. Singleton. Checks no permission.</summary>
public sealed class MaintenanceJournal(IDbContextFactory<AdminDbContext> contexts, TimeProvider clock)
{
    /// <summary>Adds a line. False when the run is another process's by now: nothing was written, and nothing may be done.</summary>
    internal async Task<bool> WriteAsync(Guid run, Guid claim, string entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Whoever takes the run over waits for this row, and then finds the line.
        var now = clock.GetUtcNow();
        var written = await context.Database.ExecuteSqlAsync(
            $"""
            WITH mine AS (SELECT id FROM admin.maintenance_runs WHERE id = {run} AND claim = {claim} AND state IN ('Running', 'Reconciling') FOR UPDATE)
            INSERT INTO admin.maintenance_journal (run_id, number, at, entry)
            SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM admin.maintenance_journal WHERE run_id = {run}), {now}, {entry} FROM mine
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written == 1;
    }

    /// <summary>All lines, in their order.</summary>
    internal async Task<IReadOnlyList<string>> ReadAsync(Guid run, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MaintenanceJournal.AsNoTracking().Where(line => line.RunId == run).OrderBy(line => line.Number).Select(line => line.Entry).ToListAsync(cancellationToken);
    }
}
