using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access;

/// <summary>Makes a <see cref="Caller"/> of an account.</summary>
internal static class Callers
{
    /// <summary>With a one-time password nothing is allowed but changing it.</summary>
    public static Caller From(AdminUser user) =>
        From(user.Id, user.UserName!, user.Roles, user.PasswordExpiresAt is not null, user.TenantEnvironmentId, user.TenantId);

    /// <summary>A tenant without its environment, or the other way round, binds to nothing: then the role TenantAdmin sees nothing.</summary>
    public static Caller From(Guid id, string name, IReadOnlyList<string> roles, bool mustChangePassword, Guid? environment, Guid? tenant) =>
        new(id, name, roles, Access.Roles.PermissionsOf(mustChangePassword ? [] : roles.Intersect(Access.Roles.All, StringComparer.Ordinal)))
        {
            Binding = environment is { } where && tenant is { } whose ? new TenantBinding(where, whose) : null,
        };
}
