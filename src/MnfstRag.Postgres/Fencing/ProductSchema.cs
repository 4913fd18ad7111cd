namespace MnfstRag.Postgres.Fencing;

/// <summary>The product's tables in a watched database, found by name and column: nothing is configured.</summary>
/// <param name="Name">The schema that holds them, usually <c>public</c>.</param>
/// <param name="Tables">Those of the product's tables that are there, by name.</param>
public sealed record ProductSchema(string Name, IReadOnlyDictionary<string, ProductTable> Tables)
{
    /// <summary>What the fence cannot do without: table to columns. Chats and social links are fenced where they exist.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Required = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["tenants"] = ["id", "name", "slug", "created_at", "updated_at"],
        ["users"] = ["id", "email", "name", "role", "tenant_id", "last_login", "created_at", "updated_at"],
        ["documents"] = ["id", "filename", "original_name", "size", "mime_type", "status", "processed_at", "error", "tenant_id", "user_id", "created_at", "updated_at"],
        ["sessions"] = ["id", "title", "user_id", "created_at", "updated_at"],
        ["messages"] = ["id", "content", "role", "session_id", "timestamp", "created_at", "updated_at"],
    };

    /// <summary>Tables of one shape only, fenced where they are there in full.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Optional = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["chats"] = ["id", "name", "system_prompt", "tenant_id", "created_at", "updated_at"],
        ["social_links"] = ["id", "url", "platform", "tenant_id", "created_at", "updated_at"],
    };

    /// <summary>Sessions belong to a chat, and the chat to a tenant.</summary>
    public bool HasChats => Tables.ContainsKey("chats") && Tables["sessions"].Has("chat_id");

    /// <summary>Sessions with chats are the migrations' own; without, the guide's.</summary>
    public ProductShape Shape => HasChats ? ProductShape.Migrations : ProductShape.Guide;

    /// <summary>Timestamps have no time zone and hold UTC.</summary>
    public bool TimesAreUtcWithoutZone => Tables["messages"].Columns["timestamp"] == "timestamp without time zone";
}
