using System.Globalization;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Postgres.Alerting;

/// <summary>What the rules about a server are held against: taken from the newest readings, asking nothing.</summary>
public static class ServerAlerts
{
    /// <summary>Readings of what is known. While the server cannot be read only that is: everything else is old.</summary>
    public static AlertReadings Of(ServerView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Outage is { } outage)
        {
            return AlertReadings.None.With(AlertRules.Reach, new AlertReading("server", outage.Lasting.TotalSeconds, $"The server could not be read for {Plain.Duration(outage.Lasting)}. {outage.Words}"));
        }

        var readings = view.Hosts is { Hosts.Count: > 1 } hosts ? AlertReadings.None.With(AlertRules.Primary, Writers(hosts, view.At)) : AlertReadings.None;
        if (view.Activity is not { } activity)
        {
            return readings;
        }

        readings = readings.With(AlertRules.Reach).With(AlertRules.IdleInTransaction, Idle(activity));
        if (view.Limits is { Ordinary: > 0 } limits)
        {
            readings = readings.With(AlertRules.Connections, Used(activity, limits));
        }

        if (view.Locks is { } locks)
        {
            readings = readings.With(AlertRules.Blocked, Blocked(locks));
        }

        if (view.Slow.Of(AgesReader.Instance)?.Value is { } ages)
        {
            readings = readings.With(AlertRules.Wraparound, ages.Databases.Select(Wraparound));
        }

        if (view.Slow.Of(SequenceReader.Instance)?.Value is { } sequences)
        {
            readings = readings.With(AlertRules.Sequence, sequences.Fullest.Select(Sequence));
        }

        if (view.Slow.Of(SettingsReader.Instance)?.Value is { } settings)
        {
            readings = readings.With(AlertRules.PendingRestart, Restart(settings));
        }

        readings = ReplicaAlerts.Add(readings, view.Hosts);
        return view.Slow.Of(ArchiverReader.Instance)?.Value is { } archiver ? readings.With(AlertRules.Archiving, Archiving(archiver)) : readings;
    }

    private static IEnumerable<AlertReading> Writers(HostTopology topology, DateTimeOffset now)
    {
        var standing = topology.Standing;
        if (standing.State is PrimaryState.Lost or PrimaryState.SplitBrain)
        {
            var since = now - standing.Since;
            yield return new("primary", since.TotalSeconds, standing.State == PrimaryState.Lost
                ? $"No host has taken writes for {Plain.Duration(since)}."
                : $"{string.Join(" and ", standing.Writers)} take writes of one cluster since {Plain.Duration(since)}: what is written to one of them will be lost.");
        }
    }

    private static AlertReading Used(Activity activity, ServerLimits limits)
    {
        var share = 100.0 * activity.Sessions.Count / limits.Ordinary;
        return new("connections", share, string.Create(CultureInfo.InvariantCulture, $"{activity.Sessions.Count} of {limits.Ordinary} connections are used ({share:0.#} %)."));
    }

    private static IEnumerable<AlertReading> Idle(Activity activity)
    {
        var oldest = activity.Sessions
            .Where(session => session is { IsDashboard: false, State: SessionState.IdleInTransaction or SessionState.IdleInTransactionAborted, StateChange: not null })
            .MinBy(session => session.StateChange);
        return oldest is null ? [] : [IdleSince(oldest, activity.ServerTime - oldest.StateChange!.Value)];
    }

    // One object for all sessions: the longest changes from one to the other while the trouble stays the same.
    private static AlertReading IdleSince(Session session, TimeSpan since) =>
        new("sessions", since.TotalSeconds, $"{Plain.Name(session)} has been idle in transaction for {Plain.Duration(since)}.");

    private static IEnumerable<AlertReading> Blocked(LockForest locks)
    {
        var longest = locks.Roots.SelectMany(root => Waits(root, locks.ServerTime)).DefaultIfEmpty(TimeSpan.MinValue).Max();
        return longest < TimeSpan.Zero
            ? []
            : [new AlertReading("sessions", longest.TotalSeconds, $"{Plain.Count(locks.BlockedCount, "session")} {(locks.BlockedCount == 1 ? "waits" : "wait")} for a lock, the longest for {Plain.Duration(longest)}.")];
    }

    private static IEnumerable<TimeSpan> Waits(LockNode node, DateTimeOffset now) =>
        node.Waiters.SelectMany(waiter => Waits(waiter, now)).Concat(node.WaitsSince is { } since ? [now - since] : []);

    private static AlertReading Wraparound(DatabaseAge database)
    {
        var age = Math.Max(database.Transactions, database.Multixacts);
        var share = 100.0 * age / TableThresholds.Transactions;
        return new(database.Database, share, string.Create(CultureInfo.InvariantCulture, $"{database.Database} has used up {share:0.#} % of the ids before wraparound ({age:#,0})."));
    }

    private static AlertReading Sequence(SequenceUse sequence) =>
        new(sequence.Name, sequence.Percent, string.Create(CultureInfo.InvariantCulture, $"{sequence.Name} is at {sequence.Last:#,0} of {sequence.Limit:#,0} ({sequence.Percent:0.#} %)."));

    private static AlertReading Restart(SettingsReading settings) => new(
        "settings",
        settings.PendingRestart.Count,
        settings.PendingRestart.Count == 0 ? "No setting waits for a restart." : $"{Plain.Count(settings.PendingRestart.Count, "setting")} {(settings.PendingRestart.Count == 1 ? "waits" : "wait")} for a restart: {string.Join(", ", settings.PendingRestart.Take(5))}.");

    private static IEnumerable<AlertReading> Archiving(ArchiverReading archiver) => !archiver.IsFailing ? [] :
    [
        new AlertReading(
            "archiver",
            1,
            $"The last attempt to archive log, with {archiver.LastFailedFile}, failed; the last success was {(archiver.LastAt is { } success ? $"{Plain.Duration(archiver.ServerTime - success)} ago" : "never seen")}. Log that is not archived fills the disk."),
    ];
}
