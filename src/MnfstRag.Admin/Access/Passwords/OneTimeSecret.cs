using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Admin.Access.Passwords;

/// <summary>Passwords and link tokens that are made here, shown once, and not kept in clear.</summary>
internal static class OneTimeSecret
{
    /// <summary>No 0/O and 1/l/I: it is read from a terminal and typed.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasswordLength = 24;
    private const int TokenBytes = 32;

    /// <summary>24 characters, 139 bits.</summary>
    public static string Password() => RandomNumberGenerator.GetString(Alphabet, PasswordLength);

    /// <summary>256 bits, for a URL.</summary>
    public static string Token() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
