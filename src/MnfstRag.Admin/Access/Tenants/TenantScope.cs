namespace MnfstRag.Admin.Access.Tenants;

/// <summary>What one call may see of tenants: asked of <see cref="ITenantAccess"/> at each call, never kept.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="Environment">Its name.</param>
/// <param name="Tenant">The one tenant; null is any tenant of the environment, and only for those who may see any.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="IsOwn">The tenant is the caller's own. Otherwise what is read is audited.</param>
/// <param name="Content">Names, titles, texts and errors may be shown; without it counts and states only.</param>
/// <param name="Reason">Why somebody looks into a tenant that is not theirs, in their words; null for one's own.</param>
public sealed record TenantScope(Guid EnvironmentId, string Environment, Guid? Tenant, Caller Caller, bool IsOwn, bool Content, string? Reason = null)
{
    /// <summary>The one tenant, for reads that need one.</summary>
    /// <exception cref="TenantNotFoundException">None was named.</exception>
    public Guid OneTenant => Tenant ?? throw new TenantNotFoundException();

    /// <summary>First line of whatever shows content.</summary>
    /// <exception cref="ContentReasonNeededException">The caller has to state a reason first (<see cref="ITenantAccess.StateReasonAsync"/>).</exception>
    public TenantScope WithContent() => Content ? this : throw new ContentReasonNeededException();
}
