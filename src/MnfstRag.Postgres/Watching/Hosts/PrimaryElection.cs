using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>Tells from what the hosts say which of them is the primary. Pure. It elects nobody: it only finds out.</summary>
public static class PrimaryElection
{
    /// <summary>How it stands now, after <paramref name="before"/>.</summary>
    public static PrimaryStanding Of(IReadOnlyList<WatchedHost> hosts, PrimaryStanding before, DateTimeOffset now)
    {
        var own = hosts.Where(host => !host.IsForeign).ToList();
        var timeline = Math.Max(before.Timeline, own.Max(host => host.State?.Timeline) ?? 0);
        if (before.State == PrimaryState.Unknown && (own.Count == 0 || own.Exists(host => host.State is null && host.Fault is null)))
        {
            return PrimaryStanding.Unknown with { Timeline = timeline };
        }

        // Two names may lead to one server (an address that moves with the primary): one start, one server.
        var writers = own
            .Where(host => host is { Answers: true, Role: HostRole.Primary })
            .DistinctBy(host => (host.SystemIdentifier, host.State!.PostmasterStart))
            .OrderByDescending(host => host.State!.Timeline ?? 0)
            .ToList();
        var (state, primary) = (writers.Count, own.TrueForAll(host => host.Answers)) switch
        {
            // A primary that a promotion has left behind may come back when nobody else answers: it must not be taken for the primary.
            (1, _) => (writers[0].State!.Timeline is { } written && written < timeline ? PrimaryState.SplitBrain : PrimaryState.Known, (DatabaseHost?)writers[0].Address),
            ( > 1, _) => (PrimaryState.SplitBrain, Foremost(writers, before)),
            (_, true) when before.Primary is null => (PrimaryState.Elsewhere, null),
            _ => (PrimaryState.Lost, before.Primary),
        };
        var same = state == before.State && primary.Equals(before.Primary);
        return new PrimaryStanding(state, primary, same ? before.Since : Since(state, own, before, now), timeline, [.. writers.Select(host => host.Address)]);
    }

    /// <summary>The one on the highest timeline; of several there the one that has been the primary so far.</summary>
    private static DatabaseHost Foremost(List<WatchedHost> writers, PrimaryStanding before)
    {
        var highest = writers.FindAll(host => host.State!.Timeline == writers[0].State!.Timeline);
        return (highest.Find(host => host.Address.Equals(before.Primary)) ?? highest[0]).Address;
    }

    /// <summary>A loss began when the primary ceased to answer, which was before we were sure of it.</summary>
    private static DateTimeOffset Since(PrimaryState state, List<WatchedHost> own, PrimaryStanding before, DateTimeOffset now) =>
        state == PrimaryState.Lost && own.Find(host => host.Address.Equals(before.Primary))?.FailingSince is { } since ? since : now;
}
