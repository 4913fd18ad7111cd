namespace MnfstRag.Admin.Components.Grids;

/// <summary>One column of a <see cref="RowGrid{TRow}"/>: its head, and how rows are sorted by it.</summary>
/// <param name="Key">In the URL: "size".</param>
/// <param name="Title">Head of the column.</param>
/// <param name="Explanation">What it shows and since when, on hover.</param>
/// <param name="By">What rows are sorted by; null where it is not known, which stands last in both directions. Null: it cannot be sorted by.</param>
/// <param name="Figure">Right-aligned, and the greatest first at the first click.</param>
public sealed record GridColumn<TRow>(string Key, string Title, string Explanation, Func<TRow, IComparable?>? By = null, bool Figure = false)
{
    /// <summary><paramref name="rows"/> sorted; equal ones stay in the order that they have.</summary>
    public List<TRow> Sort(IReadOnlyList<TRow> rows, bool descending)
    {
        if (By is not { } by)
        {
            return [.. rows];
        }

        // Tens of thousands of rows: the types of figures are looked at once for all, not in every comparison.
        var keys = rows.Select(by).ToArray();
        return keys.FirstOrDefault(key => key is not null) switch
        {
            long => Sorted(key => (long)key, Comparer<long>.Default),
            int => Sorted(key => (int)key, Comparer<int>.Default),
            double => Sorted(key => (double)key, Comparer<double>.Default),
            DateTimeOffset => Sorted(key => (DateTimeOffset)key, Comparer<DateTimeOffset>.Default),
            string => Sorted(key => (string)key, StringComparer.OrdinalIgnoreCase),
            _ => Sorted(key => key, Comparer<IComparable>.Default),
        };

        List<TRow> Sorted<TKey>(Func<IComparable, TKey> typed, IComparer<TKey> comparer)
        {
            var known = Enumerable.Range(0, keys.Length).Where(at => keys[at] is not null).Select(at => (Key: typed(keys[at]!), At: at));
            var ordered = descending ? known.OrderByDescending(one => one.Key, comparer) : known.OrderBy(one => one.Key, comparer);
            return [.. ordered.Select(one => rows[one.At]), .. rows.Where((_, at) => keys[at] is null)];
        }
    }
}
