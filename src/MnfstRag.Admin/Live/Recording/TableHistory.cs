using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Keeps sizes and rows of tables: one subject a table, by its qualified name.</summary>
public sealed class TableHistory : IHistorySource
{
    /// <summary>Sizes in bytes, rows, and what was done in the time.</summary>
    public static readonly HistoryKind Kind = new("tables",
    [
        new("total_bytes", RollUp.Last, Whole: true),
        new("heap_bytes", RollUp.Last, Whole: true),
        new("index_bytes", RollUp.Last, Whole: true),
        new("toast_bytes", RollUp.Last, Whole: true),
        new("live_rows", RollUp.Last, Whole: true),
        new("dead_rows", RollUp.Last, Whole: true),
        new("sequential_scans", RollUp.Sum),
        new("index_scans", RollUp.Sum),
        new("writes", RollUp.Sum),
    ],
    ByDay: true);

    HistoryKind IHistorySource.Kind => Kind;

    /// <inheritdoc />
    public IHistoryTap Open() => new ShapeTap<TableReading, DatabaseTable>(
        Kind,
        TableReader.Instance,
        reading => reading.Tables,
        table => (table.QualifiedName, table.Oid),
        (reading, before) => reading.StatsReset == before.StatsReset && reading.PostmasterStart == before.PostmasterStart,
        (now, before) => now.SequentialScans < before.SequentialScans || now.IndexScans < before.IndexScans || Writes(now) < Writes(before)
            ? null
            :
            [
                now.TotalBytes, now.HeapBytes, now.IndexBytes, now.ToastBytes, now.LiveRows, now.DeadRows,
                now.SequentialScans - before.SequentialScans, now.IndexScans - before.IndexScans, Writes(now) - Writes(before),
            ]);

    private static long Writes(DatabaseTable table) => table.Inserted + table.Updated + table.Deleted;
}
