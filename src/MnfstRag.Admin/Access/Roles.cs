using System.Collections.Frozen;

namespace MnfstRag.Admin.Access;

/// <summary>The three roles, as sets of <see cref="Permissions"/>. A user may hold several.</summary>
public static class Roles
{
    public const string Administrator = "Administrator";
    public const string Support = "Support";
    public const string TenantAdmin = "TenantAdmin";

    private static readonly FrozenDictionary<string, FrozenSet<string>> Granted = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        [Administrator] = FrozenSet.Create(
            StringComparer.Ordinal,
            Permissions.Watch,
            Permissions.ReadRawQueries,
            Permissions.SignalBackends,
            Permissions.ExplainStatements,
            Permissions.DismissFindings,
            Permissions.ReadSettings,
            Permissions.ChangeSettings,
            Permissions.ManageUsers,
            Permissions.ReadAudit),
        [Support] = FrozenSet.Create(StringComparer.Ordinal, Permissions.Watch, Permissions.DismissFindings, Permissions.ReadSettings),
        [TenantAdmin] = FrozenSet<string>.Empty,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every role's name, the most powerful first.</summary>
    public static IReadOnlyList<string> All { get; } = [Administrator, Support, TenantAdmin];

    /// <summary>What these roles may do together; an unknown role adds nothing.</summary>
    public static FrozenSet<string> PermissionsOf(IEnumerable<string> roles) =>
        roles.SelectMany(role => Granted.GetValueOrDefault(role, FrozenSet<string>.Empty)).ToFrozenSet(StringComparer.Ordinal);
}
