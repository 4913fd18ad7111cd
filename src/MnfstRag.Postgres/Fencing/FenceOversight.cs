using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// What administrators and support see of all tenants: names of tenants, counts and states, and identities of what is odd. No title, no text, no
/// address. Run by the overseer alone; the reader, with which one tenant's rows are read, may not.
/// </summary>
internal static class FenceOversight
{
    /// <summary>Counted exactly up to so many of a kind and tenant.</summary>
    public const int Exactly = 10_000;

    /// <summary>Failed and waiting documents are counted up to so many: a list of tenants shall not read every document.</summary>
    public const int Few = 1_000;

    /// <summary>What may be odd, in the order in which it is shown.</summary>
    public static readonly string[] Kinds =
    [
        "document_without_tenant", "document_without_user", "document_of_foreign_user", "stuck_processing", "session_disagrees", "duplicate_slug", "duplicate_email", "user_without_tenant",
    ];

    public static IReadOnlyList<FenceFunction> Of(ProductSchema product) =>
    [
        new("oversee_tenants", "text, text, uuid, integer", Tenants(product), "lists tenants by name"),
        new("oversee_counts", "uuid[]", Counts(product), "counts what tenants have"),
        new("oversee_oddities", "text, integer", Oddities(product), "names what is odd, by identities"),
    ];

    private static string Tenants(ProductSchema product) => $"""
        (find text, after_name text, after_id uuid, at_most integer) RETURNS TABLE (id uuid, name text, slug text, created_at timestamptz)
        LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        DECLARE
          part text := '%' || replace(replace(replace(find, '\', '\\'), '%', '\%'), '_', '\_') || '%';
        BEGIN
          RETURN QUERY EXECUTE $ask$
        SELECT t.id, t.name::text, t.slug::text, {Zoned(product, "tenants", "t.created_at")}
        FROM {SqlName.Of(product.Name, "tenants")} AS t
        WHERE ($1 IS NULL OR t.name ILIKE $1 OR t.slug ILIKE $1 OR t.id::text = $2) AND ($4 IS NULL OR (lower(t.name), t.id) > (lower($3), $4))
        ORDER BY lower(t.name), t.id
        LIMIT $5
          $ask$ USING part, lower(find), after_name, after_id, least(greatest(at_most, 0), 501);
        END
        $fence$
        """;

    private static string Counts(ProductSchema product)
    {
        var documents = SqlName.Of(product.Name, "documents");
        string With(string word) => $"d.status = ({product.Tables["documents"].Label("status", $"'{word}'")})::{product.Tables["documents"].Columns["status"]}";
        return $"""
            (ids uuid[]) RETURNS TABLE (id uuid, users bigint, documents bigint, failed bigint, waiting bigint, sessions bigint)
            LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE
            SET search_path = pg_catalog, pg_temp
            AS $fence$
            BEGIN
              RETURN QUERY EXECUTE $ask$
            SELECT t.id,
              (SELECT count(*) FROM (SELECT 1 FROM {SqlName.Of(product.Name, "users")} AS u WHERE u.tenant_id = t.id LIMIT {Exactly + 1}) AS x),
              (SELECT count(*) FROM (SELECT 1 FROM {documents} AS d WHERE d.tenant_id = t.id LIMIT {Exactly + 1}) AS x),
              (SELECT count(*) FROM (SELECT 1 FROM {documents} AS d WHERE d.tenant_id = t.id AND {With("error")} LIMIT {Few + 1}) AS x),
              (SELECT count(*) FROM (SELECT 1 FROM {documents} AS d WHERE d.tenant_id = t.id AND ({With("uploaded")} OR {With("processing")}) LIMIT {Few + 1}) AS x),
              (SELECT count(*) FROM (SELECT 1 FROM {SqlName.Of(product.Name, "sessions")} AS s {FenceViews.SessionOwners(product)} WHERE {FenceViews.SessionIsOf(product, "t.id")} LIMIT {Exactly + 1}) AS x)
            FROM unnest($1) AS t(id)
              $ask$ USING ids[1:200];
            END
            $fence$
            """;
    }

    private static string Oddities(ProductSchema product) => $"""
        (kind text, at_most integer) RETURNS TABLE (total bigint, id uuid, tenant uuid, other uuid, since timestamptz, amount bigint)
        LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        BEGIN
          CASE kind
        {string.Join('\n', Kinds.Where(kind => product.HasChats || kind != "session_disagrees").Select(kind => $"""
              WHEN '{kind}' THEN RETURN QUERY EXECUTE $ask$
            SELECT count(*) OVER (), o.id, o.tenant, o.other, o.since, o.amount FROM (
            {Query(product, kind)}
            ) AS o(id, tenant, other, since, amount) ORDER BY o.since DESC NULLS LAST, o.id LIMIT $1
              $ask$ USING least(greatest(at_most, 0), 200);
            """))}
            ELSE RETURN;
          END CASE;
        END
        $fence$
        """;

    private static string Query(ProductSchema product, string kind)
    {
        string Of(string table) => SqlName.Of(product.Name, table);
        string Document(string condition) => $"SELECT d.id, d.tenant_id, d.user_id, {Zoned(product, "documents", "d.created_at")}, NULL::bigint FROM {Of("documents")} AS d {condition}";
        return kind switch
        {
            "document_without_tenant" => Document($"WHERE NOT EXISTS (SELECT FROM {Of("tenants")} AS t WHERE t.id = d.tenant_id)"),
            "document_without_user" => Document($"WHERE NOT EXISTS (SELECT FROM {Of("users")} AS u WHERE u.id = d.user_id)"),
            "document_of_foreign_user" => Document($"JOIN {Of("users")} AS u ON u.id = d.user_id WHERE u.tenant_id <> d.tenant_id"),
            "stuck_processing" => $"""
                SELECT d.id, d.tenant_id, d.user_id, {Zoned(product, "documents", "d.updated_at")}, NULL::bigint FROM {Of("documents")} AS d
                WHERE lower(d.status::text) = 'processing' AND coalesce({Zoned(product, "documents", "d.updated_at")}, 'epoch') < statement_timestamp() - interval '1 hour'
                """,
            "session_disagrees" => $"""
                SELECT s.id, u.tenant_id, c.tenant_id, {Zoned(product, "sessions", "s.created_at")}, NULL::bigint
                FROM {Of("sessions")} AS s JOIN {Of("users")} AS u ON u.id = s.user_id JOIN {Of("chats")} AS c ON c.id = s.chat_id
                WHERE u.tenant_id IS DISTINCT FROM c.tenant_id
                """,
            "duplicate_slug" => $"""
                SELECT (array_agg(t.id ORDER BY t.id))[1], (array_agg(t.id ORDER BY t.id))[1], (array_agg(t.id ORDER BY t.id))[2], max({Zoned(product, "tenants", "t.created_at")}), count(*)
                FROM {Of("tenants")} AS t GROUP BY lower(t.slug) HAVING count(*) > 1
                """,
            "duplicate_email" => $"""
                SELECT (array_agg(u.id ORDER BY u.id))[1], (array_agg(u.tenant_id ORDER BY u.id))[1], (array_agg(u.id ORDER BY u.id))[2], max({Zoned(product, "users", "u.created_at")}), count(*)
                FROM {Of("users")} AS u GROUP BY lower(u.email) HAVING count(*) > 1
                """,
            _ => $"""
                SELECT u.id, u.tenant_id, NULL::uuid, {Zoned(product, "users", "u.created_at")}, NULL::bigint FROM {Of("users")} AS u
                WHERE lower(u.role::text) <> 'superadmin' AND (u.tenant_id IS NULL OR NOT EXISTS (SELECT FROM {Of("tenants")} AS t WHERE t.id = u.tenant_id))
                """,
        };
    }

    private static string Zoned(ProductSchema product, string table, string column) =>
        product.Tables[table].IsUtcWithoutZone(column[(column.IndexOf('.', StringComparison.Ordinal) + 1)..]) ? $"pg_catalog.timezone('UTC', {column})" : column;
}
