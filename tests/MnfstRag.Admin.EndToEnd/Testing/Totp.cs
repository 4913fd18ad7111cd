using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>What an authenticator app shows (RFC 6238: SHA-1, 30 s, six digits).</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const long Step = 30;

    public static string Code(string key, DateTimeOffset at)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / Step);
#pragma warning disable CA5350 // The standard asks for SHA-1.
        var hash = HMACSHA1.HashData(Bytes(key), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>();
        var buffer = 0;
        var bits = 0;
        foreach (var letter in key.ToUpperInvariant().Where(letter => Alphabet.Contains(letter, StringComparison.Ordinal)))
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
                buffer &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
