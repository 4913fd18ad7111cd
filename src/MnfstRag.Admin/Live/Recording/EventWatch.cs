using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Notices what explains a chart: restarts, resets, failovers, upgrades, outages.</summary>
internal sealed class EventWatch
{
    /// <summary>A server without room throws statements out all the time: one word in so long is enough.</summary>
    private static readonly TimeSpan LossyPause = TimeSpan.FromMinutes(10);

    private EnvironmentSnapshot? _before;
    private DateTimeOffset _lossyAt;

    /// <summary>What happened between the snapshot before and this one.</summary>
    public IReadOnlyList<HistoryEvent> Take(EnvironmentSnapshot snapshot)
    {
        var before = _before;
        _before = snapshot;
        if (before is null)
        {
            return [];
        }

        List<HistoryEvent> events = [];
        if (snapshot.State == WatchState.Failing && before.State == WatchState.Live)
        {
            events.Add(new HistoryEvent(snapshot.FailingSince ?? snapshot.PublishedAt, "outage", $"The server could not be read. {snapshot.Explanation}"));
        }
        else if (snapshot.State == WatchState.Live && before.State == WatchState.Failing)
        {
            events.Add(new HistoryEvent(snapshot.ReadAt ?? snapshot.PublishedAt, "outage", "The server could be read again."));
        }

        if (snapshot.Hosts is { Hosts.Count: > 1 } hosts && before.Hosts is { Hosts.Count: > 1 } earlierHosts)
        {
            events.AddRange(Standing(hosts, earlierHosts, snapshot.PublishedAt));
        }

        // Another host is another server: what differs between the two did not happen to either.
        if (snapshot.Capabilities is { } now && before.Capabilities is { } then && snapshot.Hosts?.ReadFrom == before.Hosts?.ReadFrom)
        {
            var at = snapshot.ReadAt ?? snapshot.PublishedAt;
            if (now.SystemIdentifier is not null && then.SystemIdentifier is not null && now.SystemIdentifier != then.SystemIdentifier)
            {
                events.Add(new HistoryEvent(at, "failover", "Another cluster answers at this address from now on."));
            }
            else if (then.InRecovery && !now.InRecovery)
            {
                events.Add(new HistoryEvent(at, "failover", "The standby became the primary."));
            }
            else if (now.PostmasterStart != then.PostmasterStart)
            {
                events.Add(new HistoryEvent(now.PostmasterStart, "restart", "The server was restarted."));
            }

            if (now.VersionNumber != then.VersionNumber)
            {
                events.Add(new HistoryEvent(at, "upgrade", $"PostgreSQL {then.Version} became {now.Version}."));
            }
        }

        if (snapshot.Counters is { StatsReset: { } reset } counters && before.Counters is { } earlier
            && reset != earlier.StatsReset && counters.PostmasterStart == earlier.PostmasterStart)
        {
            events.Add(new HistoryEvent(reset, "reset", "Statistics of the database were reset: counters begin anew."));
        }

        if (snapshot.Slow.Of(StatementsReader.Instance) is { Value: { Deallocated: { } thrown } statements, ReadAt: var readAt } && readAt - _lossyAt >= LossyPause
            && before.Slow.Of(StatementsReader.Instance)?.Value is { Deallocated: { } thrownThen } known && statements.StatsReset == known.StatsReset && thrown > thrownThen)
        {
            _lossyAt = readAt;
            events.Add(new HistoryEvent(readAt, EventKinds.Lossy, "The server threw statements out of pg_stat_statements for want of room."));
        }

        return events;
    }

    private static IEnumerable<HistoryEvent> Standing(HostTopology now, HostTopology before, DateTimeOffset at)
    {
        if (now.Standing.State == before.Standing.State && now.Standing.Primary == before.Standing.Primary)
        {
            yield break;
        }

        if (now.Standing.State == PrimaryState.Lost)
        {
            yield return new HistoryEvent(now.Standing.Since, "primary lost", $"The primary {now.Standing.Primary} was lost.");
        }
        else if (now.Standing.State == PrimaryState.SplitBrain)
        {
            yield return new HistoryEvent(at, "split brain", $"Split brain: {StandingWords.Split(now)}.");
        }
        else if (now.Standing.State == PrimaryState.Known && before.Standing.State != PrimaryState.Unknown)
        {
            yield return new HistoryEvent(at, "failover", $"{now.Standing.Primary} is the primary.");
        }
    }
}
