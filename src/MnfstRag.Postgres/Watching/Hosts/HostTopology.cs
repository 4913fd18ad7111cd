using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>All hosts of an environment at one moment. Immutable.</summary>
/// <param name="Hosts">In the order in which they are configured: those of the Watch address, then the replicas.</param>
/// <param name="Standing">Which of them takes writes.</param>
/// <param name="ReadFrom">The host whose sessions, statements and counters the pages show; null before any answered.</param>
public sealed record HostTopology(IReadOnlyList<WatchedHost> Hosts, PrimaryStanding Standing, DatabaseHost? ReadFrom)
{
    /// <summary>The host of that address; null when it is not one of them.</summary>
    public WatchedHost? Find(DatabaseHost? address) => address is { } wanted ? Hosts.FirstOrDefault(host => host.Address.IsSame(wanted)) : null;

    /// <summary>The primary as <see cref="Standing"/> has it.</summary>
    public WatchedHost? Primary => Find(Standing.Primary);

    /// <summary>Pages show a standby because the primary is lost: its counters are its own, and belong in nobody's history.</summary>
    public bool StandsIn => Hosts.Count > 1 && Standing.State == PrimaryState.Lost && Find(ReadFrom) is { Role: HostRole.Standby };
}
