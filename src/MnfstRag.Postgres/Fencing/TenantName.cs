namespace MnfstRag.Postgres.Fencing;

/// <summary>A tenant as staff may see it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Slug">Its short name in addresses; not always unique.</param>
/// <param name="CreatedAt">Since when it exists; null where the product does not say.</param>
public sealed record TenantName(Guid Id, string Name, string Slug, DateTimeOffset? CreatedAt);
