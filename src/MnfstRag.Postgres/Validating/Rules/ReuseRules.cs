using System.Security.Cryptography;
using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>Secrets that two environments share. They are compared by a hash under a key that lives as long as the comparison.</summary>
internal static class ReuseRules
{
    /// <summary>What <paramref name="settings"/> shares with <paramref name="others"/>.</summary>
    public static IEnumerable<Finding> Judge(EnvironmentSettings settings, IReadOnlyList<EnvironmentSettings> others)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        try
        {
            foreach (var (name, rule, words) in new[]
            {
                ("JWT_SECRET_KEY", "secret-reused", "Whoever has a token or the key of one environment can sign in to the other."),
                (DatabaseUrlRules.Key, "password-reused", "Whoever knows the database password of one environment knows the other's."),
                ("VAULT_SECRET_ID", "secret-reused", "Whoever has the secret of one environment can read the other's."),
            })
            {
                var mine = Hash(key, Secret(settings, name));
                var shared = others.Where(other => mine is not null && Hash(key, Secret(other, name)) is { } its && CryptographicOperations.FixedTimeEquals(mine, its)).Select(other => other.Name).ToList();
                if (shared.Count > 0)
                {
                    var what = name == DatabaseUrlRules.Key ? "The password in DATABASE_URL" : name;
                    yield return new(name, rule, settings.IsProduction ? FindingLevel.Error : FindingLevel.Warning,
                        $"{what} is the same as in {string.Join(" and ", shared)}. {words}", "Give each environment its own.");
                }
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string? Secret(EnvironmentSettings settings, string name) => name == DatabaseUrlRules.Key
        ? settings.Url?.Password is { Length: > 0 } password ? password : null
        : settings.Text(name) is { } text && !PlaceholderRules.IsPlaceholder(text) ? text : null;

    private static byte[]? Hash(byte[] key, string? secret) => secret is null ? null : HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(secret));
}
