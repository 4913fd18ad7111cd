using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>What one host has said so far.</summary>
internal sealed class HostTrack(DatabaseHost address)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly Queue<(DateTimeOffset At, long Total)> _conflicts = new();

    public WatchedHost Seen { get; private set; } = new(address, null, null, null, null, null, null);

    public void Answered(HostState state, Capabilities? server, ReplicationReading? replication, DateTimeOffset at)
    {
        var change = Seen.State is { } before && before.Role != state.Role ? new RoleChange(at, before.Role, state.Role) : Seen.LastChange;
        Seen = Seen with
        {
            State = state,
            ReadAt = at,
            Fault = null,
            FailingSince = null,
            SystemIdentifier = server?.SystemIdentifier ?? Seen.SystemIdentifier,
            Version = server?.Version ?? Seen.Version,
            Replication = replication ?? Seen.Replication,
            LastChange = change,
            RecentConflicts = Conflicts(state, at),
        };
    }

    public void Links(IReadOnlyList<ReplicationLink> links) => Seen = Seen with { Replication = Seen.Replication! with { Links = links } };

    public void Uses(IndexUse use) => Seen = Seen with { Indexes = use };

    public void Failed(string words, DateTimeOffset at) => Seen = Seen with { Fault = words, FailingSince = Seen.FailingSince ?? at };

    /// <summary>Cancelled in the last quarter of an hour, as far as it was watched. A counter that went back begins anew.</summary>
    private long? Conflicts(HostState state, DateTimeOffset at)
    {
        if (state.Conflicts?.Total is not { } total)
        {
            _conflicts.Clear();
            return null;
        }

        if (_conflicts.Count > 0 && _conflicts.Last().Total > total)
        {
            _conflicts.Clear();
        }

        _conflicts.Enqueue((at, total));
        while (_conflicts.Peek().At < at - Recent)
        {
            _conflicts.Dequeue();
        }

        return total - _conflicts.Peek().Total;
    }
}
