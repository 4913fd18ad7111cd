using Microsoft.AspNetCore.Identity;

namespace MnfstRag.Admin.Data;

/// <summary>A person with a local account.</summary>
public sealed class AdminUser : IdentityUser<Guid>
{
    /// <summary>Names of the roles held. Changed together with the security stamp only.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last complete sign-in; null before the first.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Locked by an administrator until unlocked: no way of signing in works. Not the lockout after wrong passwords.</summary>
    public DateTimeOffset? LockedAt { get; set; }

    /// <summary>The password is a one-time one, good until then, and must be changed at sign-in; null for a password of the person's own.</summary>
    public DateTimeOffset? PasswordExpiresAt { get; set; }

    /// <summary>The environment that the role TenantAdmin is limited to; null without a tenant.</summary>
    public Guid? TenantEnvironmentId { get; set; }

    /// <summary>The tenant, in that environment, that the role TenantAdmin is limited to; null without one, and then it sees nothing.</summary>
    public Guid? TenantId { get; set; }

    /// <summary>What that tenant was called when it was chosen.</summary>
    public string? TenantName { get; set; }
}
