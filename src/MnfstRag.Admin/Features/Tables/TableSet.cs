using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Tables;

/// <summary>All tables of one reading, named and counted once for all viewers.</summary>
public sealed class TableSet
{
    /// <summary>A heap from this size on is large enough that reading it whole is felt: 10 MB.</summary>
    public const long Large = 10 * 1024 * 1024;

    private static readonly ConditionalWeakTable<TableReading, TableSet> Made = [];

    private readonly FrozenDictionary<string, TableRow> _byKey;
    private readonly Lazy<List<TableRow>> _bySize;

    private TableSet(TableReading reading)
    {
        Reading = reading;
        Rows = [.. reading.Tables.Select(TableRow.Of).OrderBy(row => row.Name, StringComparer.Ordinal)];
        _byKey = Rows.DistinctBy(row => row.Key, StringComparer.Ordinal).ToFrozenDictionary(row => row.Key, StringComparer.Ordinal);
        var stored = Rows.Where(row => row.Table.Kind != TableKind.Partitioned).Select(row => row.Table).ToList();
        (Count, Total, Heap, Indexes, Toast) =
            (stored.Count, stored.Sum(table => table.TotalBytes), stored.Sum(table => table.HeapBytes), stored.Sum(table => table.IndexBytes), stored.Sum(table => table.ToastBytes));
        Dead = stored.Sum(table => table.DeadRows);
        Live = stored.Sum(table => table.LiveRows);
        Largest = Rows.Count == 0 ? 0 : Rows.Max(row => row.Table.TotalBytes);
        Overdue = Rows.Count(IsOverdue);
        Unanalysed = Rows.Count(IsUnanalysed);
        ReadWhole = Rows.Count(IsReadWhole);
        Old = Rows.Count(IsOld);
        Unattended = Rows.Count(IsUnattended);
        Oldest = Rows.MaxBy(row => row.Table.FrozenAge);
        _bySize = new(() => [.. Rows.OrderByDescending(row => row.Table.TotalBytes)]);
    }

    /// <summary>What it was made from.</summary>
    public TableReading Reading { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<TableRow> Rows { get; }

    /// <summary>The largest first: the order that the page begins with. For reading alone: all viewers have this list.</summary>
    public List<TableRow> BySize => _bySize.Value;

    /// <summary>Tables that have storage: partitioned ones have none of their own.</summary>
    public int Count { get; }

    /// <summary>Of all together, in bytes; partitions are counted once.</summary>
    public long Total { get; }

    /// <summary>Heaps, in bytes.</summary>
    public long Heap { get; }

    /// <summary>Indexes, in bytes.</summary>
    public long Indexes { get; }

    /// <summary>TOAST, in bytes.</summary>
    public long Toast { get; }

    /// <summary>Live rows of all together, as the statistics estimate them.</summary>
    public long Live { get; }

    /// <summary>Dead rows of all together.</summary>
    public long Dead { get; }

    /// <summary>Of the largest, in bytes.</summary>
    public long Largest { get; }

    /// <summary>How many have more dead rows than autovacuum waits for.</summary>
    public int Overdue { get; }

    /// <summary>How many the planner knows nothing of.</summary>
    public int Unanalysed { get; }

    /// <summary>How many are large and were read whole.</summary>
    public int ReadWhole { get; }

    /// <summary>How many are near a vacuum that the server forces.</summary>
    public int Old { get; }

    /// <summary>How many autovacuum does not look after.</summary>
    public int Unattended { get; }

    /// <summary>The one with the oldest transaction ids; null when there is no table.</summary>
    public TableRow? Oldest { get; }

    /// <summary>The set of <paramref name="reading"/>.</summary>
    public static TableSet Of(TableReading reading) => Made.GetValue(reading, static one => new TableSet(one));

    /// <summary>Dead rows have reached what autovacuum waits for.</summary>
    public static bool IsOverdue(TableRow row) => row.VacuumShare >= 1;

    /// <summary>It holds rows and the planner has no count of them: neither VACUUM nor ANALYZE ever ran.</summary>
    public static bool IsUnanalysed(TableRow row) => row.Table is { Kind: not TableKind.Partitioned, LiveRows: > 0, PlannerRows: null };

    /// <summary>Its heap is <see cref="Large"/> and it was read from beginning to end at least once.</summary>
    public static bool IsReadWhole(TableRow row) => row.Table is { HeapBytes: >= Large, SequentialScans: > 0 };

    /// <summary>Its transaction ids have reached nine tenths of the age at which the server vacuums in any case.</summary>
    public static bool IsOld(TableRow row) => row.FreezeShare >= 0.9;

    /// <summary>Autovacuum is switched off for it.</summary>
    public static bool IsUnattended(TableRow row) => !row.Table.Vacuuming.Enabled;

    /// <summary>The one of that key; null when there is none.</summary>
    public TableRow? Find(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);
}
