namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>users</c>; it has no password hash.</summary>
public sealed class TenantUserRow
{
    public Guid Id { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>In lower case.</summary>
    public string Role { get; init; } = "";

    public DateTimeOffset? LastLogin { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
