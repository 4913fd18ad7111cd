namespace MnfstRag.Admin.Data.Tenants;

/// <summary>A row of the fence's view <c>messages</c>. A text may be of any length: ask for its beginning.</summary>
public sealed class MessageRow
{
    public Guid Id { get; init; }

    public string Content { get; init; } = "";

    /// <summary>user or assistant.</summary>
    public string Role { get; init; } = "";

    public Guid SessionId { get; init; }

    public DateTimeOffset Timestamp { get; init; }
}
