namespace MnfstRag.Admin.Access.Tenants;

/// <summary>The question about somebody who is not here any more, but whose work goes on: may they still? Singleton.</summary>
internal interface IAbsentAccess
{
    /// <summary>As <see cref="ITenantAccess.RequireAsync"/> answers them now.</summary>
    /// <param name="userId">Their <see cref="Caller.UserId"/>.</param>
    /// <param name="address">Their <see cref="Caller.Address"/>.</param>
    /// <param name="permission">One of the tenants' permissions.</param>
    /// <param name="environmentId">Where.</param>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PermissionDeniedException">They hold it no more, are locked or gone.</exception>
    /// <exception cref="TenantNotFoundException">Environment or tenant is not theirs any more, or not there.</exception>
    /// <exception cref="TenantAreaClosedException">The environment's fence does not hold, or the product does not say who they are.</exception>
    /// <exception cref="Data.StoreUnavailableException">The store cannot say.</exception>
    Task<TenantScope> RequireAsync(Guid userId, string? address, string permission, Guid environmentId, Guid tenant, CancellationToken cancellationToken);
}
