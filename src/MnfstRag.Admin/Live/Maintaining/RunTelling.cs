using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Shows a run's progress here at once, and keeps it about once a second for the other instances.</summary>
internal sealed class RunTelling(MaintenanceBoard board, MaintenanceRuns runs, Guid run, Guid claim, TimeProvider clock, ILogger logger) : IProgress<MaintenanceProgress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private long _told;
    private int _writing;

    public void Report(MaintenanceProgress value)
    {
        board.Tell(value);
        if (clock.GetElapsedTime(Volatile.Read(ref _told)) < Every || Interlocked.Exchange(ref _writing, 1) == 1)
        {
            return;
        }

        Volatile.Write(ref _told, clock.GetTimestamp());
        _ = WriteAsync(MaintenanceText.Write(value));
    }

    private async Task WriteAsync(string progress)
    {
        try
        {
            await runs.TellAsync(run, claim, progress, null, CancellationToken.None);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            // Other instances see an older figure until the store is back.
            MaintenanceLog.StoreAway(logger, fault.GetType().Name);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
