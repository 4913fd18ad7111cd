namespace MnfstRag.Postgres.Fencing;

/// <summary>What a tenant has. One more than the limit of counting means "more than that".</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Users">Its users, up to <see cref="TenantOversight.Exactly"/>.</param>
/// <param name="Documents">Its documents, up to <see cref="TenantOversight.Exactly"/>.</param>
/// <param name="Failed">Documents in error, up to <see cref="TenantOversight.Few"/>.</param>
/// <param name="Waiting">Documents uploaded or in processing, up to <see cref="TenantOversight.Few"/>.</param>
/// <param name="Sessions">Its sessions, up to <see cref="TenantOversight.Exactly"/>.</param>
public sealed record TenantCounts(Guid Id, long Users, long Documents, long Failed, long Waiting, long Sessions);
