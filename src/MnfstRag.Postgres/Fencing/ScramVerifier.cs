using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// What PostgreSQL keeps of a SCRAM-SHA-256 password (RFC 5803, <c>pg_authid.rolpassword</c>). Made here, as psql's \password does, so that
/// the password itself never stands in a statement, a log or an activity view.
/// </summary>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <param name="password">ASCII letters and digits only: others would have to be prepared by RFC 4013 first.</param>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(CultureInfo.InvariantCulture, $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}");
    }
}
