using System.Globalization;
using System.Text;

namespace MnfstRag.Postgres.Validating;

/// <summary>What signs the product's tokens, and how long they last.</summary>
internal sealed class TokenRules : IRule
{
    private const string Secret = "JWT_SECRET_KEY";
    private const string Algorithm = "JWT_ALGORITHM";
    private const string Access = "JWT_ACCESS_TOKEN_EXPIRE_MINUTES";
    private const string Refresh = "JWT_REFRESH_TOKEN_EXPIRE_DAYS";
    private const string MakeOne = "Make one for this environment: openssl rand -base64 48.";
    private const int ShortestKey = 32;
    private const double WeakBits = 70;
    private const double HopelessBits = 40;

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => [.. Key(settings), .. Signing(settings), .. Lifetimes(settings)];

    private static IEnumerable<Finding> Key(EnvironmentSettings settings)
    {
        if (!settings.IsSet(Secret))
        {
            yield return Missing(settings);
            yield break;
        }

        if (settings.Text(Secret) is not { } key || PlaceholderRules.IsPlaceholder(key) || key.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            yield break;
        }

        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes < ShortestKey)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"The key that signs tokens has {bytes} bytes; HS256 needs {ShortestKey}. A short key can be found by trying, and then anybody can sign in as anybody.");
            yield return new(Secret, "jwt-secret-short", settings.IsProduction ? FindingLevel.Error : FindingLevel.Warning, message, MakeOne);
        }
        else if (SecretStrength.Bits(key) is < WeakBits and var bits)
        {
            var level = settings switch
            {
                { IsProduction: true } when bits < HopelessBits => FindingLevel.Error,
                { IsDevelopment: true } => FindingLevel.Note,
                _ => FindingLevel.Warning,
            };
            yield return new(Secret, "jwt-secret-weak", level, "The key that signs tokens is long enough, but made of words, runs or repetitions: it can be guessed.", MakeOne);
        }
        else if (settings.Text(Algorithm) is "HS384" or "HS512" && bytes < (settings.Text(Algorithm) is "HS384" ? 48 : 64))
        {
            const string Message = "The key is shorter than the hash of JWT_ALGORITHM, so the longer hash adds nothing.";
            yield return Finding.Note(Secret, "jwt-secret-below-hash", Message, "Use a longer key: openssl rand -base64 64.");
            yield return Finding.Note(Algorithm, "jwt-secret-below-hash", Message, "Write HS256, or use a longer key.");
        }
    }

    private static Finding Missing(EnvironmentSettings settings)
    {
        const string Message = "JWT_SECRET_KEY is not set: each process makes a random key, so workers refuse each other's tokens and a restart signs everybody out.";
        return settings.ReadsVault ? Finding.Note(Secret, "jwt-secret-missing", "JWT_SECRET_KEY is not set here. Vault is configured and gives it in production (secret/database, field jwt_secret), which cannot be checked from the file.")
            : settings.IsDevelopment ? Finding.Note(Secret, "jwt-secret-missing", Message, MakeOne)
            : Finding.Warning(Secret, "jwt-secret-missing", Message, MakeOne);
    }

    private static IEnumerable<Finding> Signing(EnvironmentSettings settings)
    {
        if (settings.Text(Algorithm) is not { } algorithm)
        {
            yield break;
        }

        if (TypeRules.IsNone(algorithm))
        {
            yield return Finding.Error(Algorithm, "jwt-algorithm-none", "Tokens would not be signed: anybody could write a token for anybody.", "Write HS256.");
        }
        else if (ValueTypes.KeyPairAlgorithms.Contains(algorithm, StringComparer.Ordinal) && settings.Text(Secret) is { } key && !key.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            const string Message = "This algorithm signs with a private key, and JWT_SECRET_KEY is none: no token can be made.";
            yield return Finding.Error(Algorithm, "jwt-algorithm-needs-key-pair", Message, "Write HS256, or give JWT_SECRET_KEY a private key in PEM form.");
            yield return Finding.Error(Secret, "jwt-algorithm-needs-key-pair", Message, "Write JWT_ALGORITHM=HS256, or give this key a private key in PEM form.");
        }
    }

    private static IEnumerable<Finding> Lifetimes(EnvironmentSettings settings)
    {
        if ((!settings.IsSet(Access) && !settings.IsSet(Refresh)) || settings.EffectiveNumber(Access) is not { } minutes || settings.EffectiveNumber(Refresh) is not { } days || minutes < 1 || days < 1)
        {
            yield break;
        }

        if (days * 1440L <= minutes)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"A refresh token lasts {days} days and an access token {minutes} minutes, so the refresh token is dead before it is needed.");
            yield return Finding.Warning(Access, "refresh-outlived", message, "Let access tokens last 15 to 60 minutes.");
            yield return Finding.Warning(Refresh, "refresh-outlived", message, "Let refresh tokens last longer than access tokens, for example 7 days.");
        }
    }
}
