using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Says what of an environment's snapshots is worth keeping. Register as a singleton service; used by the instance that samples.</summary>
public interface IHistorySource
{
    /// <summary>What it fills.</summary>
    HistoryKind Kind { get; }

    /// <summary>Begins with one environment.</summary>
    IHistoryTap Open();
}
