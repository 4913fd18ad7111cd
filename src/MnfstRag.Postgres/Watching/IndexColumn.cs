using System.Globalization;

namespace MnfstRag.Postgres.Watching;

/// <summary>A column of an indexed table.</summary>
internal sealed record IndexColumn(uint Number, uint Collation, string Name)
{
    /// <summary>From "attnum attcollation attname".</summary>
    public static IndexColumn Parse(string text)
    {
        var first = text.IndexOf(' ', StringComparison.Ordinal);
        var second = text.IndexOf(' ', first + 1);
        return new IndexColumn(
            uint.Parse(text.AsSpan(0, first), CultureInfo.InvariantCulture),
            uint.Parse(text.AsSpan(first + 1, second - first - 1), CultureInfo.InvariantCulture),
            text[(second + 1)..]);
    }
}
