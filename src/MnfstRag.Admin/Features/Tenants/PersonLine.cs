namespace MnfstRag.Admin.Features.Tenants;

/// <summary>A user of a tenant.</summary>
/// <param name="Id">Their identity.</param>
/// <param name="Email">Their e-mail.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">tenant_admin, user, …</param>
/// <param name="LastLogin">When they last signed in to the product; null when never.</param>
/// <param name="CreatedAt">Since when they exist.</param>
/// <param name="Documents">Documents that they uploaded.</param>
/// <param name="Sessions">Sessions that they had.</param>
public sealed record PersonLine(Guid Id, string Email, string Name, string Role, DateTimeOffset? LastLogin, DateTimeOffset? CreatedAt, long Documents, long Sessions);
