using System.Globalization;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>What a change does to the running product, beyond the restart of the backend that every change needs.</summary>
internal static class Consequences
{
    /// <summary>In words; null when nothing is known.</summary>
    public static string? Of(string key, string? before, string? after) => key switch
    {
        "JWT_SECRET_KEY" when before is not null => "Every token that was signed with the old key becomes invalid: all users must sign in again.",
        "JWT_ALGORITHM" when before is not null => "Tokens that are out now are refused: all users must sign in again.",
        "JWT_ACCESS_TOKEN_EXPIRE_MINUTES" or "JWT_REFRESH_TOKEN_EXPIRE_DAYS" => "Tokens that are out now keep their old end; new ones have the new one.",
        "DATABASE_URL" when before is not null => "The backend connects to another address or as another role: every connection is opened anew.",
        "DB_POOL_SIZE" or "DB_MAX_OVERFLOW" when Number(after) < Number(before) => "Requests wait for a connection sooner: watch the page of pools after the restart.",
        "DB_SSL_MODE" => "Every connection is opened anew; one that does not come about with the new mode takes the backend down.",
        "PASSWORD_SALT_ROUNDS" => "New hashes alone have the new cost; each step doubles the time of a sign-in.",
        "DB_ECHO" or "SQL_ECHO" when IsTrue(after) => "Statements with their values, tenants' content among them, go to the backend's log.",
        "DEBUG" when IsTrue(after) => "Internals of faults are shown to whoever calls.",
        "ALLOWED_ORIGINS" => "Pages of origins that are not in the list any more can no longer call the API.",
        "ENVIRONMENT" => "The backend reads another .env file from its next start on.",
        _ => null,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsTrue(string? text) => text?.Trim().ToUpperInvariant() is "TRUE" or "1" or "YES" or "ON";
}
