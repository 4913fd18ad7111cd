using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Search. Neither @@ nor ILIKE is leakproof, so neither gets through a barrier view to an index: these functions run as the
/// fence's owner, name the tenant themselves and give identities only; what they name is then read through the views.
/// </summary>
internal static class FenceFunctions
{
    /// <summary>Most rows that one search gives.</summary>
    public const int Most = 500;

    /// <summary>Where the server expects more matches than this among all tenants, the tenant's newest sessions are looked through first.</summary>
    private const int Common = 5_000;

    /// <summary>So many of them; all of the tenant's are asked for when they hold too few.</summary>
    private const int Sessions = 50;

    /// <summary>All functions of a fence; those of the overseer only where there is one.</summary>
    public static IReadOnlyList<FenceFunction> Of(ProductSchema product, FenceNames names) =>
    [
        .. Search(product),
        .. FencePages.Of(product),
        .. FenceWrites.Of(product, names),
        .. names.Overseer is null ? [] : FenceOversight.Of(product),
    ];

    private static FenceFunction[] Search(ProductSchema product) =>
    [
        new("search_messages", "text, integer", Define($"""
              found uuid[];
              own uuid[];
              plan json;
            """, Messages(product)), "gives identities of the tenant's messages that hold these words"),
        new("search_documents", "text, integer", Define("""
              part text := '%' || replace(replace(replace(words, '\', '\\'), '%', '\%'), '_', '\_') || '%';
            """, $"  RETURN QUERY EXECUTE $ask$\n{Documents(product)}\n  $ask$ USING query, tenant, most, part;"), "gives identities of the tenant's documents with these words in their name"),
    ];

    // VOLATILE: EXPLAIN is refused in other functions. EXECUTE: planned anew at each call, since a plan that serves every word
    // and every tenant serves none.
    private static string Define(string declarations, string body) => $"""
        (words text, at_most integer) RETURNS SETOF uuid
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        DECLARE
          tenant uuid := {FenceViews.Tenant};
          query tsquery := websearch_to_tsquery('english', words);
          most integer := least(greatest(at_most, 0), {Most});
        {declarations}
        BEGIN
          IF tenant IS NULL OR words IS NULL OR btrim(words) = '' THEN
            RETURN;
          END IF;
        {body}
        END
        $fence$
        """;

    /// <summary>
    /// With an index: rare words through it, whoever's they are (it answers "none" at once, where a walk would read the whole tenant);
    /// common ones from the newest sessions, and where those hold too few, from all sessions of the tenant, so that the server may
    /// lay its two indexes over each other instead of reading every tenant's matches. Without: the tenant's own messages, all of them.
    /// </summary>
    private static string Messages(ProductSchema product) => product.Tables["messages"].SearchIndex is null
        ? $"""
              RETURN QUERY EXECUTE $ask$
            SELECT m.id
            FROM {SqlName.Of(product.Name, "messages")} AS m
            JOIN {SqlName.Of(product.Name, "sessions")} AS s ON s.id = m.session_id
            {FenceViews.SessionOwners(product)}
            WHERE {FenceViews.SessionIsOf(product, "$2")} AND to_tsvector('english', m.content) @@ $1
            ORDER BY m."timestamp" DESC, m.id DESC
            LIMIT $3
              $ask$ USING query, tenant, most;
            """
        : $"""
              EXECUTE $ask$EXPLAIN (FORMAT JSON) SELECT 1 FROM {SqlName.Of(product.Name, "messages")} AS m WHERE to_tsvector('english', m.content) @@ $1$ask$ INTO plan USING query;
              IF (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8 > {Common} THEN
                EXECUTE $ask$
            {Newest(product)}
                $ask$ INTO found USING query, tenant, most;
                IF cardinality(found) >= most THEN
                  RETURN QUERY SELECT unnest(found);
                  RETURN;
                END IF;
                EXECUTE $ask$
            {Own(product)}
                $ask$ INTO own USING query, tenant;
                RETURN QUERY EXECUTE $ask$
            SELECT m.id
            FROM {SqlName.Of(product.Name, "messages")} AS m
            WHERE m.session_id = ANY ($4) AND to_tsvector('english', m.content) @@ $1
            ORDER BY m."timestamp" DESC, m.id DESC
            LIMIT $3
                $ask$ USING query, tenant, most, own;
                RETURN;
              END IF;
              RETURN QUERY EXECUTE $ask$
            {Indexed(product)}
              $ask$ USING query, tenant, most;
            """;

    private static string Indexed(ProductSchema product) => $"""
        WITH hits AS MATERIALIZED (
          SELECT m.id, m.session_id, m."timestamp" FROM {SqlName.Of(product.Name, "messages")} AS m WHERE to_tsvector('english', m.content) @@ $1
        )
        SELECT h.id
        FROM hits AS h
        JOIN {SqlName.Of(product.Name, "sessions")} AS s ON s.id = h.session_id
        {FenceViews.SessionOwners(product)}
        WHERE {FenceViews.SessionIsOf(product, "$2")}
        ORDER BY h."timestamp" DESC, h.id DESC
        LIMIT $3
        """;

    private static string Own(ProductSchema product) => $"""
        SELECT array_agg(s.id)
        FROM {SqlName.Of(product.Name, "sessions")} AS s
        {FenceViews.SessionOwners(product)}
        WHERE {FenceViews.SessionIsOf(product, "$2")}
        """;

    // OFFSET 0 keeps the planner from turning the walk over one session into a search of the whole index.
    private static string Newest(ProductSchema product) => $"""
        SELECT array_agg(one.id) FROM (
          SELECT m.id
          FROM (
            SELECT s.id
            FROM {SqlName.Of(product.Name, "sessions")} AS s
            {FenceViews.SessionOwners(product)}
            WHERE {FenceViews.SessionIsOf(product, "$2")}
            ORDER BY s.updated_at DESC NULLS LAST, s.id
            LIMIT {Sessions}
          ) AS newest
          CROSS JOIN LATERAL (
            SELECT a.id, a.content
            FROM {SqlName.Of(product.Name, "messages")} AS a
            WHERE a.session_id = newest.id
            ORDER BY a."timestamp" DESC, a.id DESC OFFSET 0
          ) AS m
          WHERE to_tsvector('english', m.content) @@ $1
          LIMIT $3
        ) AS one
        """;

    private static string Documents(ProductSchema product) => product.Tables["documents"].SearchIndex is null
        ? $"""
            SELECT d.id
            FROM {SqlName.Of(product.Name, "documents")} AS d
            WHERE d.tenant_id = $2 AND (d.original_name ILIKE $4 OR to_tsvector('english', d.original_name) @@ $1)
            ORDER BY d.created_at DESC NULLS LAST, d.id DESC
            LIMIT $3
            """
        : $"""
            SELECT f.id FROM (
              SELECT d.id, d.created_at FROM {SqlName.Of(product.Name, "documents")} AS d WHERE d.tenant_id = $2 AND to_tsvector('english', d.original_name) @@ $1
              UNION
              SELECT d.id, d.created_at FROM {SqlName.Of(product.Name, "documents")} AS d WHERE d.tenant_id = $2 AND d.original_name ILIKE $4
            ) AS f
            ORDER BY f.created_at DESC NULLS LAST, f.id DESC LIMIT $3
            """;
}
