using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// The views that a tenant reads, for either shape of the product. Each names the tenant itself; words of enum types and CHECKs
/// are lower case and times have their zone in both shapes: what must use an index to be found is found by functions. password_hash is in none.
/// A session is a tenant's when its user and its chat agree.
/// </summary>
internal static class FenceViews
{
    /// <summary>The tenant of this transaction; null when none is set, and then no comparison holds.</summary>
    public const string Tenant = $"nullif(pg_catalog.current_setting('{FenceNames.TenantSetting}', true), '')::pg_catalog.uuid";

    /// <summary>Columns of words that are shown in lower case.</summary>
    private static readonly string[] Words = ["role", "status", "platform"];

    public static IReadOnlyList<FenceView> Of(ProductSchema product)
    {
        var views = new List<FenceView>
        {
            Own(product, "tenants", "id"),
            Own(product, "users", "tenant_id"),
            Own(product, "documents", "tenant_id"),
            Sessions(product),
            Messages(product),
        };
        views.AddRange(ProductSchema.Optional.Keys.Where(product.Tables.ContainsKey).Select(name => Own(product, name, "tenant_id")));
        return views;
    }

    /// <summary>Columns that the fence's owner may read of a table, and no others.</summary>
    public static IReadOnlyList<string> Columns(ProductSchema product, string table)
    {
        var columns = ProductSchema.Required.TryGetValue(table, out var required) ? required : ProductSchema.Optional[table];
        return table == "sessions" && product.HasChats ? [.. columns, "chat_id"] : columns;
    }

    /// <summary>Joins from an alias "s" over sessions to what says whose it is.</summary>
    public static string SessionOwners(ProductSchema product) => product.HasChats
        ? $"JOIN {SqlName.Of(product.Name, "users")} AS u ON u.id = s.user_id\nJOIN {SqlName.Of(product.Name, "chats")} AS c ON c.id = s.chat_id"
        : $"JOIN {SqlName.Of(product.Name, "users")} AS u ON u.id = s.user_id";

    /// <summary>That those are the tenant's.</summary>
    public static string SessionIsOf(ProductSchema product, string tenant) =>
        product.HasChats ? $"u.tenant_id = {tenant} AND c.tenant_id = {tenant}" : $"u.tenant_id = {tenant}";

    private static FenceView Own(ProductSchema product, string table, string key)
    {
        var columns = Columns(product, table);
        return new FenceView(table, columns, $"""
            SELECT {Selected(product.Tables[table], "t", columns)}
            FROM {SqlName.Of(product.Name, table)} AS t
            WHERE t.{key} = {Tenant}
            """);
    }

    private static FenceView Sessions(ProductSchema product)
    {
        var columns = Columns(product, "sessions");
        return new FenceView("sessions", [.. columns, "tenant_id"], $"""
            SELECT {Selected(product.Tables["sessions"], "s", columns)}, u.tenant_id
            FROM {SqlName.Of(product.Name, "sessions")} AS s
            {SessionOwners(product)}
            WHERE {SessionIsOf(product, Tenant)}
            """);
    }

    private static FenceView Messages(ProductSchema product)
    {
        var columns = Columns(product, "messages");
        return new FenceView("messages", [.. columns, "tenant_id"], $"""
            SELECT {Selected(product.Tables["messages"], "m", columns)}, u.tenant_id
            FROM {SqlName.Of(product.Name, "messages")} AS m
            JOIN {SqlName.Of(product.Name, "sessions")} AS s ON s.id = m.session_id
            {SessionOwners(product)}
            WHERE {SessionIsOf(product, Tenant)}
            """);
    }

    private static string Selected(ProductTable table, string alias, IReadOnlyList<string> columns) => string.Join(
        ", ",
        columns.Select(column => Words.Contains(column) ? $"pg_catalog.lower({alias}.{SqlName.Of(column)}::pg_catalog.text) AS {SqlName.Of(column)}"
            : table.IsUtcWithoutZone(column) ? $"pg_catalog.timezone('UTC', {alias}.{SqlName.Of(column)}) AS {SqlName.Of(column)}"
            : $"{alias}.{SqlName.Of(column)}"));
}
