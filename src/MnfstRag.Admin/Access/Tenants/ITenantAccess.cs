namespace MnfstRag.Admin.Access.Tenants;

/// <summary>
/// The question every service of the tenant area asks first, in place of <see cref="IAccess"/>, which it asks itself. Scoped: one a
/// circuit or request.
/// </summary>
public interface ITenantAccess
{
    /// <summary>
    /// What the caller may see with <paramref name="permission"/> in <paramref name="environment"/>. Administrators: any tenant, audited.
    /// Support: any tenant, with <see cref="Permissions.CountTenants"/> alone and never content. Tenant admins, local or of the product:
    /// their own. The product's superadmins: any tenant of their environment, read only, audited.
    /// </summary>
    /// <param name="permission">One of the tenants' permissions.</param>
    /// <param name="environment">An environment's name; null is the caller's own where they are bound to one.</param>
    /// <param name="tenant">The tenant; null is the caller's own, or any for those who may see any.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">The permission is not held.</exception>
    /// <exception cref="TenantNotFoundException">Environment or tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">One tenant was asked for, and the environment's fence does not hold.</exception>
    Task<TenantScope> RequireAsync(string permission, string? environment, Guid? tenant, CancellationToken cancellationToken = default);

    /// <summary>Where the caller may look; none when they hold no permission there. Not audited.</summary>
    Task<IReadOnlyList<TenantPlace>> PlacesAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets somebody who may read any tenant see the content of one for half an hour in this tab; the reason is audited, and again with
    /// each <see cref="RecordAsync"/>.
    /// </summary>
    /// <returns>What is wrong with the reason, in words; null when it was taken.</returns>
    Task<string?> StateReasonAsync(string environment, Guid tenant, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes to the audit log that content was read: "transcript of session 4f…", "export of 312 documents". Nothing for one's own
    /// tenant. Before the content is given; when it cannot be written, the content is not given.
    /// </summary>
    /// <exception cref="Data.StoreUnavailableException">It could not be written.</exception>
    Task RecordAsync(TenantScope scope, string what, CancellationToken cancellationToken = default);
}
