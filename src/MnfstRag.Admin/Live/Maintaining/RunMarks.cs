using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Recording;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Writes the beginning and the end of a run among the environment's events, which mark its charts. A mark that cannot be written is no fault of the run. Singleton.</summary>
internal sealed class RunMarks(IHistory history, TimeProvider clock, ILogger<RunMarks> logger)
{
    private readonly ConcurrentDictionary<(Guid Environment, string Kind), DateTimeOffset> _last = new();

    /// <summary>A run begins.</summary>
    public Task BeganAsync(MaintenanceRunRow run) => MarkAsync(run.EnvironmentId, EventKinds.Maintenance, $"Maintenance began: {run.Title}.");

    /// <summary>A run ended.</summary>
    public Task EndedAsync(MaintenanceRunRow run, MaintenanceRunState state) => MarkAsync(run.EnvironmentId, EventKinds.MaintenanceEnded, $"Maintenance ended: {run.Title}: {state.Word()}.");

    private async Task MarkAsync(Guid environment, string kind, string words)
    {
        try
        {
            await history.AddEventAsync(environment, new HistoryEvent(Moment(environment, kind), kind, words), CancellationToken.None);
        }
        catch (StoreUnavailableException fault)
        {
            MaintenanceLog.StoreAway(logger, fault.GetType().Name);
        }
    }

    /// <summary>Of one kind one event is kept in a second: one that comes in the same second as the last is put into the next.</summary>
    private DateTimeOffset Moment(Guid environment, string kind)
    {
        var second = clock.GetUtcNow();
        second = second.AddTicks(-(second.Ticks % TimeSpan.TicksPerSecond));
        return _last.AddOrUpdate((environment, kind), second, (_, last) => second > last ? second : last.AddSeconds(1));
    }
}
