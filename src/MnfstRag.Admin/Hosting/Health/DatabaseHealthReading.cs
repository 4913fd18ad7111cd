using System.Globalization;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Hosting.Health;

/// <summary>Makes the answer of a snapshot that is in memory: no question ever reaches the watched server, however often it is asked.</summary>
internal sealed class DatabaseHealthReading(EnvironmentWatches watches, IOptions<DatabaseHealthOptions> options, IOptions<SamplerOptions> sampling, TimeProvider clock)
{
    /// <summary>Mean time of a slow statement, in milliseconds: the guide's.</summary>
    public const double SlowMean = 1000;

    /// <summary>The environment that a path means; null when there is none of that name, or the path leaves it open.</summary>
    public EnvironmentWatch? Find(string? environment)
    {
        if ((environment ?? options.Value.Environment) is { Length: > 0 } name)
        {
            return watches.Find(name);
        }

        var watched = watches.All.Where(watch => watch.Environment.Credentials.Contains(Data.CredentialKind.Watch)).Take(2).ToList();
        return watched.Count == 1 ? watched[0] : null;
    }

    /// <summary>The answer now.</summary>
    public DatabaseHealth Of(EnvironmentWatch watch)
    {
        var snapshot = watch.Feed.Latest;
        var reason = Reason(snapshot) ?? Standing(snapshot!);
        var age = snapshot?.ReadAt is { } readAt ? Math.Max(0, Math.Round((clock.GetUtcNow() - readAt).TotalSeconds, 3)) : (double?)null;
        var (slow, unknown) = snapshot is null ? (null, "Nothing has been read yet.") : Slow(snapshot);
        return new DatabaseHealth(reason is null ? "healthy" : "unhealthy", watch.Environment.Name, reason, age, snapshot is null ? null : Connections(snapshot), slow, unknown);
    }

    /// <summary>The snapshot is of a server that answers, and not older than it may be.</summary>
    public bool IsFresh(EnvironmentSnapshot snapshot) => Reason(snapshot) is null;

    private string? Reason(EnvironmentSnapshot? snapshot) => snapshot?.State switch
    {
        null or WatchState.Connecting => "The server has not been read yet.",
        WatchState.NotConfigured => "The environment has no usable watch credential.",
        WatchState.Follower => "Another instance of the dashboard watches; ask that one.",
        WatchState.Failing => $"The server does not answer{Since(snapshot)}. The dashboard says why.",
        _ when Age(snapshot) is var age && age > Limit(snapshot) => string.Create(
            CultureInfo.InvariantCulture, $"The newest reading is {age.TotalSeconds:0} s old; it may be {Limit(snapshot).TotalSeconds:0} s old."),
        _ => null,
    };

    /// <summary>A server that answers is not a database that takes writes: without exactly one primary the product fails, however well a standby is read.</summary>
    private string? Standing(EnvironmentSnapshot snapshot) => snapshot.Hosts switch
    {
        { StandsIn: true, Standing: var standing } => string.Create(
            CultureInfo.InvariantCulture, $"The primary has been lost for {(clock.GetUtcNow() - standing.Since).TotalSeconds:0} s: the figures are a standby's, and nothing can be written."),
        { Hosts.Count: > 1, Standing.State: PrimaryState.Lost } => "No host takes writes: the primary is lost.",
        { Standing.State: PrimaryState.SplitBrain } => "Two servers take writes (split brain): what is written to one of them will be lost.",
        _ => null,
    };

    private string Since(EnvironmentSnapshot snapshot) => snapshot.FailingSince is { } since
        ? string.Create(CultureInfo.InvariantCulture, $" since {(clock.GetUtcNow() - since).TotalSeconds:0} s")
        : "";

    private TimeSpan Age(EnvironmentSnapshot snapshot) => clock.GetUtcNow() - (snapshot.ReadAt ?? DateTimeOffset.MinValue);

    /// <summary>While nobody watches ticks are further apart, which is no fault.</summary>
    private TimeSpan Limit(EnvironmentSnapshot snapshot)
    {
        var ticks = (snapshot.Interval * 2) + sampling.Value.TickBudget;
        return options.Value.StaleAfter > ticks ? options.Value.StaleAfter : ticks;
    }

    private static ConnectionsHealth? Connections(EnvironmentSnapshot snapshot)
    {
        if (snapshot.Activity is not { } activity)
        {
            return null;
        }

        var counts = SessionCounts.Of(activity.Sessions);
        return new ConnectionsHealth(
            snapshot.Limits?.MaxConnections,
            counts.Total,
            snapshot.Limits is { } limits ? Math.Max(0, limits.Ordinary - counts.Total) : null,
            counts.Active + counts.WaitingOnLock,
            counts.Idle,
            activity.Sessions.Count(session => session is { IsDashboard: false, State: SessionState.Active, WaitEvent: not null }),
            counts.IdleInTransaction + counts.Aborted,
            counts.WaitingOnLock,
            counts.Hidden,
            counts.Dashboard);
    }

    // In words without names: whoever asks may be anybody.
    private static (int? Slow, string? Unknown) Slow(EnvironmentSnapshot snapshot) => snapshot.Slow.Of(StatementsReader.Instance)?.Value switch
    {
        _ when snapshot.Capabilities?.Extensions.ContainsKey("pg_stat_statements") == false => (null, "pg_stat_statements is not created in the watched database."),
        _ when snapshot.Slow.Fault(StatementsReader.Instance) is not null => (null, "pg_stat_statements cannot be read: it is not loaded, or took too long. The dashboard says which."),
        null => (null, "Statements have not been read yet."),
        { Extension: null } => (null, "pg_stat_statements is not created in the watched database."),
        { Hidden: > 0 } => (null, "The watching role may not see the statements of other roles: it is no member of pg_monitor."),
        var read => (read.Statements.Count(statement => statement.Calls > 0 && statement.ExecMs / statement.Calls > SlowMean), null),
    };
}
