using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps pools.</summary>
internal sealed class PoolHistorySource : IHistorySource
{
    public HistoryKind Kind => PoolHistory.Kind;

    public IHistoryTap Open() => new PoolHistoryTap();
}
