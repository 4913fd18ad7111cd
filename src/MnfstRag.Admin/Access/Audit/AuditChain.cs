using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>
/// How rows are chained. Version 1: SHA-256 over the hash of the row before (32 bytes, zeros before the first) and the row's
/// canonical form. That form is its fields in this order: sequence, time (UTC, yyyy-MM-ddTHH:mm:ss.ffffffZ), phase, action, actor
/// id, actor name, environment, object, outcome, correlation, number of details, then name and value of each detail by ordinal
/// order of the names. Each field is its length in bytes of UTF-8 as four bytes (big-endian), then these bytes; a missing one is
/// the length FFFFFFFF alone. Ids are written as 8-4-4-4-12 lower-case hexadecimal digits, numbers in decimal digits.
/// </summary>
internal static class AuditChain
{
    /// <summary>The version that is written.</summary>
    public const short Version = 1;

    /// <summary>Serialises appends of all instances of the dashboard. Any fixed number.</summary>
    public const long AppendLock = 0x6D6E_6673_7402;

    /// <summary>What the first row follows.</summary>
    public static byte[] Origin => new byte[SHA256.HashSizeInBytes];

    public static byte[] HashOf(ReadOnlySpan<byte> previous, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Field(hash, row.Sequence.ToString(CultureInfo.InvariantCulture));
        Field(hash, row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Field(hash, row.Phase);
        Field(hash, row.Action);
        Field(hash, row.ActorId?.ToString());
        Field(hash, row.ActorName);
        Field(hash, row.Environment);
        Field(hash, row.Object);
        Field(hash, row.Outcome);
        Field(hash, row.Correlation.ToString());
        Field(hash, row.Details.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in row.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Field(hash, name);
            Field(hash, value);
        }

        return hash.GetHashAndReset();
    }

    private static void Field(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (text is null)
        {
            length.Fill(0xFF);
            hash.AppendData(length);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
