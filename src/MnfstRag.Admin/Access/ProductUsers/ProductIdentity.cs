namespace MnfstRag.Admin.Access.ProductUsers;

/// <summary>Who a user of the product is here: their claims hold in that environment only.</summary>
/// <param name="EnvironmentId">The environment.</param>
/// <param name="UserId">Id in the product's table of users.</param>
/// <param name="Address">The e-mail address by which the sign-in function finds them.</param>
/// <param name="Stamp">What their role, tenant and password were when they signed in: see <see cref="ProductStamp"/>.</param>
internal sealed record ProductIdentity(Guid EnvironmentId, Guid UserId, string Address, string Stamp);
