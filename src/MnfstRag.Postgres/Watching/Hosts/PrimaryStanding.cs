using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching.Hosts;

/// <summary>Which host takes the writes of an environment, and since when that is so.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Primary">The primary; while it is lost the one that was; in a split brain the one of the highest timeline. Null where none was ever seen.</param>
/// <param name="Since">Our clock, since when the state and the primary are these.</param>
/// <param name="Timeline">Highest timeline seen on any host of the cluster; 0 before one was told. A primary below it was left behind by a promotion.</param>
/// <param name="Writers">Hosts that take writes, as they were read last.</param>
public sealed record PrimaryStanding(PrimaryState State, DatabaseHost? Primary, DateTimeOffset Since, int Timeline, IReadOnlyList<DatabaseHost> Writers)
{
    /// <summary>Before any host was asked.</summary>
    public static PrimaryStanding Unknown { get; } = new(PrimaryState.Unknown, null, default, 0, []);
}
