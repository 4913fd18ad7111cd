namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>chats</c>, where the product has chats.</summary>
public sealed class ChatRow
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string? SystemPrompt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}
