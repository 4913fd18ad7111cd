using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Postgres.Pooling;

/// <summary>One SCRAM-SHA-256 conversation (RFC 5802, 7677) without channel binding: proves the password without sending it, and has the other side prove that it knows it too.</summary>
internal sealed class ScramExchange(string password, string nonce)
{
    /// <summary>Iterations beyond this are refused: they would cost us seconds.</summary>
    private const int MostIterations = 100_000;

    private string? _expected;

    /// <summary>A conversation with a fresh nonce.</summary>
    public static ScramExchange Begin(string password) => new(password, Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)));

    /// <summary>Our opening; the user is the one of the start-up packet.</summary>
    public string First => $"n,,n=,r={nonce}";

    /// <summary>The answer to the other side's challenge.</summary>
    public string Final(string challenge)
    {
        var (theirs, salt, iterations) = Read(challenge);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password.Normalize(NormalizationForm.FormKC), salt, iterations, HashAlgorithmName.SHA256, 32);
        var clientKey = Hmac(salted, "Client Key");
        var bare = $"c=biws,r={theirs}";
        var all = $"n=,r={nonce},{challenge},{bare}";
        var signature = Hmac(SHA256.HashData(clientKey), all);
        var proof = new byte[clientKey.Length];
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] = (byte)(clientKey[i] ^ signature[i]);
        }

        _expected = $"v={Convert.ToBase64String(Hmac(Hmac(salted, "Server Key"), all))}";
        return $"{bare},p={Convert.ToBase64String(proof)}";
    }

    /// <summary>Whether the other side knows the password too.</summary>
    public bool Verifies(string final) => _expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(final), Encoding.UTF8.GetBytes(_expected));

    private (string Nonce, byte[] Salt, int Iterations) Read(string challenge)
    {
        var parts = challenge.Split(',');
        if (parts.Length < 3 || !parts[0].StartsWith("r=" + nonce, StringComparison.Ordinal) || parts[0].Length == nonce.Length + 2
            || !parts[1].StartsWith("s=", StringComparison.Ordinal) || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > MostIterations)
        {
            throw Refused();
        }

        var salt = new byte[parts[1].Length];
        return Convert.TryFromBase64String(parts[1][2..], salt, out var length) ? (parts[0][2..], salt[..length], iterations) : throw Refused();
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static OutgoingFaultException Refused() => new("What answers breaks the rules of SCRAM-SHA-256, so the password was not proven to it.");
}
