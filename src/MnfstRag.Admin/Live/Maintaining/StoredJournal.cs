using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>
/// A run's journal in the own store. While the store is away a step waits: it is not begun unwritten, and its end is not forgotten.
/// </summary>
internal sealed class StoredJournal(MaintenanceJournal journal, Guid run, Guid claim, TimeProvider clock, ILogger logger) : IMaintenanceJournal
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public Task StartingAsync(StepStart start, CancellationToken cancellationToken) => WriteAsync(new JournalLine(start, null), cancellationToken);

    public Task EndedAsync(StepEnd end, CancellationToken cancellationToken) => WriteAsync(new JournalLine(null, end), cancellationToken);

    private async Task WriteAsync(JournalLine line, CancellationToken cancellationToken)
    {
        var text = MaintenanceText.Write(line);
        while (true)
        {
            try
            {
                if (!await journal.WriteAsync(run, claim, text, cancellationToken))
                {
                    throw new RunTakenOverException();
                }

                return;
            }
            catch (Exception fault) when (StoreFaults.IsOne(fault) && !cancellationToken.IsCancellationRequested)
            {
                MaintenanceLog.JournalWaits(logger, run, fault.GetType().Name);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }
}
