using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Tests.Features.Environments;

/// <summary>A list that does not change.</summary>
internal sealed class StatedReach(string allowed) : IReachList
{
    public ReachPolicy Policy { get; } = new() { Listed = AllowList.Read(allowed, out _) };
}
