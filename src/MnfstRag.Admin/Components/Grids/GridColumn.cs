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

        var keyed = rows.Select((row, index) => (Key: by(row), Index: index)).ToArray();
        Array.Sort(keyed, (left, right) => Compare(left.Key, right.Key, descending) is not 0 and var order ? order : left.Index.CompareTo(right.Index));
        return [.. keyed.Select(one => rows[one.Index])];
    }

    private static int Compare(IComparable? left, IComparable? right, bool descending) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string one, string other) => (descending ? -1 : 1) * StringComparer.OrdinalIgnoreCase.Compare(one, other),
        _ => (descending ? -1 : 1) * left.CompareTo(right),
    };
}
