namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>tenants</c>: the tenant itself.</summary>
public sealed class TenantRow
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Slug { get; init; } = "";

    public DateTimeOffset? CreatedAt { get; init; }
}
