using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Names of indexes. PostgreSQL cuts a name at 63 bytes without a word that a program would hear; nothing that long is sent.</summary>
internal static class IndexName
{
    /// <summary>NAMEDATALEN − 1.</summary>
    public const int LongestBytes = 63;

    /// <summary>Why a name cannot be had; null when it can.</summary>
    public static string? Fault(string name) =>
        name.Length == 0 ? "The index needs a name."
        : name.Contains('\0', StringComparison.Ordinal) ? "A name cannot hold the character NUL."
        : Encoding.UTF8.GetByteCount(name) is var bytes && bytes > LongestBytes ? string.Create(CultureInfo.InvariantCulture, $"The name has {bytes} bytes; PostgreSQL keeps {LongestBytes} and would cut the rest off.")
        : null;

    /// <summary>The name of a partition's part: the index's and the partition's, shortened by a few digits of their hash where they are too long together.</summary>
    public static string OfPart(string index, RelationFacts partition)
    {
        var whole = $"{index}_{partition.Name}";
        if (Encoding.UTF8.GetByteCount(whole) <= LongestBytes)
        {
            return whole;
        }

        var tail = $"_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{index}\0{partition.Schema}\0{partition.Name}")))[..10]}";
        var kept = whole;
        while (Encoding.UTF8.GetByteCount(kept) + tail.Length > LongestBytes)
        {
            kept = kept[..^(char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        }

        return kept + tail;
    }
}
