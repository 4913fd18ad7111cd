using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access;

/// <summary>Makes a <see cref="Caller"/> of an account.</summary>
internal static class Callers
{
    /// <summary>With a one-time password nothing is allowed but changing it.</summary>
    public static Caller From(AdminUser user) => From(user.Id, user.UserName!, user.Roles, user.PasswordExpiresAt is not null);

    public static Caller From(Guid id, string name, IReadOnlyList<string> roles, bool mustChangePassword) =>
        new(id, name, roles, Access.Roles.PermissionsOf(mustChangePassword ? [] : roles));
}
