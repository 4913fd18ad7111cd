using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Watches the snapshots of one environment go by. Keeps what it needs of the one before; never called by two threads at once.</summary>
public interface IHistoryTap
{
    /// <summary>What there is to keep now; null when there is nothing yet, which leaves a gap if it lasts.</summary>
    HistoryBatch? Take(EnvironmentSnapshot snapshot);
}
