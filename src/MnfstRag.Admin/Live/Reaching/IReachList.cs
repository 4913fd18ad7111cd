using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Reaching;

/// <summary>Knows which addresses may be asked now: those of the configuration, and those that an administrator allowed.</summary>
public interface IReachList
{
    /// <summary>The guard. The same object until the list changes.</summary>
    ReachPolicy Policy { get; }
}
