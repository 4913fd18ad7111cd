using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live;

/// <summary>What is held in memory for one environment: its feed and its last hour. Outlives reconnects and credential changes.</summary>
public sealed class EnvironmentWatch(WatchedEnvironment environment, TimeSpan historySpan)
{
    /// <summary>As the store has it.</summary>
    public WatchedEnvironment Environment { get; set; } = environment;

    /// <summary>Snapshots, one a tick.</summary>
    public LiveFeed<EnvironmentSnapshot> Feed { get; } = new();

    /// <summary>The last hour.</summary>
    public ActivityHistory History { get; } = new(historySpan);

    /// <summary>Makes it the latest and remembers it.</summary>
    public void Publish(EnvironmentSnapshot snapshot)
    {
        if (snapshot.State is WatchState.Live or WatchState.Failing)
        {
            History.Add(ActivityPoint.From(snapshot));
        }

        Feed.Publish(snapshot);
    }

    /// <summary>For lists.</summary>
    public EnvironmentStatus Status => new(
        Environment.Id,
        Environment.Name,
        Feed.Latest?.State ?? WatchState.Connecting,
        Feed.Latest?.Explanation);
}
