using System.Collections.Frozen;

namespace MnfstRag.Admin.Access;

/// <summary>The three roles, as sets of <see cref="Permissions"/>. A user may hold several.</summary>
public static class Roles
{
    public const string Administrator = "Administrator";
    public const string Support = "Support";
    public const string TenantAdmin = "TenantAdmin";

    /// <summary>A superadmin of the product: reads any tenant of one environment. Never given to a local account, and never more than this.</summary>
    public const string ProductSuperadmin = "ProductSuperadmin";

    private static readonly FrozenDictionary<string, FrozenSet<string>> Granted = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal)
    {
        [Administrator] = Permissions.All.ToFrozenSet(StringComparer.Ordinal),
        [Support] = FrozenSet.Create(
            StringComparer.Ordinal,
            Permissions.Watch,
            Permissions.DismissFindings,
            Permissions.ReadSettings,
            Permissions.PlanMaintenance,
            Permissions.CheckHealth,
            Permissions.HandleAlerts,
            Permissions.CountTenants),
        [TenantAdmin] = FrozenSet.Create(
            StringComparer.Ordinal,
            Permissions.CountTenants,
            Permissions.ReadTenants,
            Permissions.ChangeTenants,
            Permissions.TransferTenants),
        [ProductSuperadmin] = FrozenSet.Create(StringComparer.Ordinal, Permissions.CountTenants, Permissions.ReadTenants),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every role that a local account may hold, the most powerful first.</summary>
    public static IReadOnlyList<string> All { get; } = [Administrator, Support, TenantAdmin];

    /// <summary>What these roles may do together; an unknown role adds nothing.</summary>
    public static FrozenSet<string> PermissionsOf(IEnumerable<string> roles) =>
        roles.SelectMany(role => Granted.GetValueOrDefault(role, FrozenSet<string>.Empty)).ToFrozenSet(StringComparer.Ordinal);
}
