namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>sessions</c>.</summary>
public sealed class SessionRow
{
    public Guid Id { get; init; }

    public string Title { get; init; } = "";

    public Guid UserId { get; init; }

    /// <summary>Only to be asked for where the product has chats.</summary>
    public Guid ChatId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
