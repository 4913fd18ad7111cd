using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>What a session's principal carries beside name and roles. Pages read it to hide things; services ask the store.</summary>
public static class SessionClaims
{
    /// <summary>One for each permission held when the session was made or last validated.</summary>
    public const string Permission = "permission";

    /// <summary>Present while the password is a one-time one.</summary>
    public const string MustChangePassword = "must-change-password";

    /// <summary>Authentication method of a passkey (RFC 8176: hardware-secured key).</summary>
    public const string PasskeyMethod = "hwk";

    /// <summary>When the session began, in Unix seconds.</summary>
    internal const string Started = "auth_time";

    internal static Claim StartedAt(DateTimeOffset time) =>
        new(Started, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64);

    internal static DateTimeOffset? StartOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(Started), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    internal static Guid? UserIdOf(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    internal static string? StampOf(ClaimsPrincipal principal) =>
        principal.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
}
