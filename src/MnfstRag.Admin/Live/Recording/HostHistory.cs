using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps how far replicas are behind: one subject a host ("name:port").</summary>
public sealed class HostHistory : IHistorySource
{
    /// <summary>The furthest behind in the time (bytes, seconds), and queries that replay cancelled. Null while a host did not answer, or took writes.</summary>
    public static readonly HistoryKind Kind = new("hosts",
    [
        new("behind_bytes", RollUp.Max, Whole: true),
        new("lag_seconds", RollUp.Max),
        new("conflicts", RollUp.Sum, Whole: true),
    ]);

    HistoryKind IHistorySource.Kind => Kind;

    /// <inheritdoc />
    public IHistoryTap Open() => new HostHistoryTap();
}
