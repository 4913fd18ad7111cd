using System.Globalization;

namespace MnfstRag.Postgres.Pooling;

/// <summary>What a SHOW command answered. Columns are found by name: versions add some and move others.</summary>
internal sealed class ConsoleTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
{
    private readonly Dictionary<string, int> _places = columns.Index().GroupBy(one => one.Item, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.First().Index, StringComparer.Ordinal);

    /// <summary>All rows.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; } = rows;

    /// <summary>A value; null where the column is not known or the value is NULL.</summary>
    public string? Text(IReadOnlyList<string?> row, string column) => _places.TryGetValue(column, out var place) && place < row.Count ? row[place] : null;

    /// <summary>A whole number; null where there is none.</summary>
    public long? Number(IReadOnlyList<string?> row, string column) => NumberOf(Text(row, column));

    /// <summary>The second column of the row whose first is <paramref name="key"/>: how SHOW CONFIG and SHOW LISTS answer.</summary>
    public string? Of(string key) => Rows.FirstOrDefault(row => row.Count > 1 && string.Equals(row[0], key, StringComparison.Ordinal))?[1];

    /// <summary>The same as a whole number.</summary>
    public long? NumberOfKey(string key) => NumberOf(Of(key));

    private static long? NumberOf(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
