using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps what statements did: one subject an entry of pg_stat_statements, with its masked text once.</summary>
public sealed class StatementHistorySource : IHistorySource
{
    /// <summary>Sums over the time; times in milliseconds, blocks as the server counts them, the slowest call where it is known.</summary>
    public static readonly HistoryKind Columns = new("statements",
    [
        new("calls", RollUp.Sum),
        new("exec_ms", RollUp.Sum),
        new("max_ms", RollUp.Max),
        new("rows", RollUp.Sum),
        new("blocks_hit", RollUp.Sum),
        new("blocks_read", RollUp.Sum),
        new("io_ms", RollUp.Sum),
        new("temp_blocks", RollUp.Sum),
        new("wal_bytes", RollUp.Sum),
    ],
    ByDay: true);

    /// <inheritdoc />
    public HistoryKind Kind => Columns;

    /// <inheritdoc />
    public IHistoryTap Open() => new StatementHistoryTap();
}
