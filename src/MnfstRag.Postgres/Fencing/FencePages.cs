using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// Pages of lists. A barrier view gives no order to whoever reads it: each page would sort all of the tenant's rows. These functions walk the
/// product's own table in its order from where the last page ended, and give identities; a filter is one JSON object.
/// </summary>
internal static class FencePages
{
    /// <summary>Most identities that one page gives: one more than a page's rows tells that there are more.</summary>
    public const int Most = 1001;

    private const string Escaped = """
        replace(replace(replace(filter ->> 'find', '\', '\\'), '%', '\%'), '_', '\_')
        """;

    public static IReadOnlyList<FenceFunction> Of(ProductSchema product) =>
    [
        new("page_documents", "jsonb, integer", Documents(product), "gives identities of one page of the tenant's documents, the newest first, that match a filter"),
        new("count_documents", "jsonb, integer", Count(product), "counts the tenant's documents that match a filter: exactly up to a limit, beyond it as the planner estimates"),
        new("page_sessions", "jsonb, integer", Sessions(product), "gives identities of one page of the tenant's sessions, the last used first"),
    ];

    // The order is (created_at, id) downwards; rows without a time stand last, in a second walk.
    private static string Documents(ProductSchema product) => $"""
        (filter jsonb, at_most integer) RETURNS SETOF uuid
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        DECLARE
        {Filter(product)}
          most integer := least(greatest(at_most, 0), {Most});
          moment {product.Tables["documents"].Columns["created_at"]} := {product.Tables["documents"].Kept("created_at", "(filter ->> 'at')::timestamptz")};
          beyond uuid := (filter ->> 'id')::uuid;
          upwards boolean := coalesce((filter ->> 'upwards')::boolean, false);
          given integer := 0;
        BEGIN
          IF tenant IS NULL OR (filter ? 'status' AND status IS NULL) THEN
            RETURN;
          END IF;
          IF NOT upwards AND (beyond IS NULL OR moment IS NOT NULL) THEN
            RETURN QUERY EXECUTE 'SELECT d.id' || source || $ask$ AND d.created_at IS NOT NULL AND ($12 IS NULL OR (d.created_at, d.id) < ($11, $12)) ORDER BY d.created_at DESC, d.id DESC LIMIT $13$ask$ USING {Using}, moment, beyond, most;
            GET DIAGNOSTICS given = ROW_COUNT;
            beyond := NULL;
          END IF;
          IF given < most AND (NOT upwards OR beyond IS NULL OR moment IS NULL) THEN
            RETURN QUERY EXECUTE 'SELECT d.id' || source || CASE WHEN upwards THEN $ask$ AND d.created_at IS NULL AND ($12 IS NULL OR d.id > $12) ORDER BY d.id LIMIT $13$ask$
              ELSE $ask$ AND d.created_at IS NULL AND ($12 IS NULL OR d.id < $12) ORDER BY d.id DESC LIMIT $13$ask$ END USING {Using}, moment, beyond, most - given;
            IF upwards THEN
              GET DIAGNOSTICS given = ROW_COUNT;
              beyond := NULL;
            END IF;
          END IF;
          IF upwards AND given < most THEN
            RETURN QUERY EXECUTE 'SELECT d.id' || source || $ask$ AND d.created_at IS NOT NULL AND ($12 IS NULL OR (d.created_at, d.id) > ($11, $12)) ORDER BY d.created_at, d.id LIMIT $13$ask$ USING {Using}, moment, beyond, most - given;
          END IF;
        END
        $fence$
        """;

    private static string Count(ProductSchema product) => $"""
        (filter jsonb, at_most integer) RETURNS TABLE (counted bigint, estimated bigint)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        DECLARE
        {Filter(product)}
          most integer := least(greatest(at_most, 0), 100000);
          plan json;
        BEGIN
          counted := 0;
          IF tenant IS NOT NULL AND NOT (filter ? 'status' AND status IS NULL) THEN
            EXECUTE 'SELECT count(*) FROM (SELECT 1' || source || ' LIMIT $11) AS one' INTO counted USING {Using}, most + 1;
            IF counted > most THEN
              EXECUTE 'EXPLAIN (FORMAT JSON) SELECT 1' || source INTO plan USING {Using};
              counted := most;
              estimated := greatest((plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8::bigint, most);
            END IF;
          END IF;
          RETURN NEXT;
        END
        $fence$
        """;

    private const string Using = "tenant, status, filter ->> 'type', (filter ->> 'uploader')::uuid, since, until, (filter ->> 'least')::bigint, (filter ->> 'largest')::bigint, query, part";

    /// <summary>
    /// What a filter says, and where rows come from. Words are looked up apart from the rest: otherwise the planner walks the tenant's
    /// whole table in order, waiting for a match that may never come.
    /// </summary>
    private static string Filter(ProductSchema product)
    {
        var documents = product.Tables["documents"];
        var kept = documents.Columns["created_at"];
        var status = documents.Columns["status"];
        const string Rest = """
             WHERE d.tenant_id = $1 AND ($2 IS NULL OR d.status = $2::{status}) AND ($3 IS NULL OR d.mime_type = $3) AND ($4 IS NULL OR d.user_id = $4)
              AND ($5 IS NULL OR d.created_at >= $5) AND ($6 IS NULL OR d.created_at < $6) AND ($7 IS NULL OR d.size >= $7) AND ($8 IS NULL OR d.size <= $8)
            """;
        var rest = Rest.Replace("{status}", status, StringComparison.Ordinal);
        var table = SqlName.Of(product.Name, "documents");
        return $"""
              tenant uuid := {FenceViews.Tenant};
              status text := {documents.Label("status", "filter ->> 'status'")};
              since {kept} := {documents.Kept("created_at", "(filter ->> 'from')::timestamptz")};
              until {kept} := {documents.Kept("created_at", "(filter ->> 'to')::timestamptz")};
              mode text := coalesce(filter ->> 'mode', 'words');
              query tsquery := CASE WHEN mode = 'words' THEN websearch_to_tsquery('english', filter ->> 'find') END;
              part text := CASE mode WHEN 'part' THEN '%' ELSE '' END || {Escaped} || '%';
              source text := CASE
                WHEN filter ->> 'find' IS NULL THEN $ask$ FROM {table} AS d{rest}$ask$
                WHEN mode = 'words' THEN $ask$ FROM (SELECT d.id, d.created_at, d.status, d.mime_type, d.user_id, d.size, d.tenant_id FROM {table} AS d WHERE d.tenant_id = $1 AND to_tsvector('english', d.original_name) @@ $9 OFFSET 0) AS d{rest}$ask$
                ELSE $ask$ FROM {table} AS d{rest} AND d.original_name ILIKE $10$ask$ END;
            """;
    }

    // User by user: an index over (user_id, updated_at) gives each one's newest without sorting the tenant's sessions.
    private static string Sessions(ProductSchema product)
    {
        var sessions = product.Tables["sessions"];
        var (join, chat) = product.HasChats
            ? ($"JOIN {SqlName.Of(product.Name, "chats")} AS c ON c.id = s.chat_id AND c.tenant_id = $1", "($3 IS NULL OR s.chat_id = $3)")
            : ("", "$3 IS NULL");
        string Walk(string condition, string order, string outer) => $"""
            SELECT x.id
            FROM {SqlName.Of(product.Name, "users")} AS u
            CROSS JOIN LATERAL (
              SELECT s.id, s.updated_at FROM {SqlName.Of(product.Name, "sessions")} AS s {join}
              WHERE s.user_id = u.id AND {chat} AND {condition} ORDER BY {order} LIMIT $6
            ) AS x
            WHERE u.tenant_id = $1 AND ($2 IS NULL OR u.id = $2)
            ORDER BY {outer} LIMIT $6
            """;
        const string Values = "USING tenant, (filter ->> 'user')::uuid, (filter ->> 'chat')::uuid, moment, beyond, most - given";
        return $"""
            (filter jsonb, at_most integer) RETURNS SETOF uuid
            LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
            SET search_path = pg_catalog, pg_temp
            AS $fence$
            DECLARE
              tenant uuid := {FenceViews.Tenant};
              most integer := least(greatest(at_most, 0), {Most});
              moment {sessions.Columns["updated_at"]} := {sessions.Kept("updated_at", "(filter ->> 'at')::timestamptz")};
              beyond uuid := (filter ->> 'id')::uuid;
              upwards boolean := coalesce((filter ->> 'upwards')::boolean, false);
              given integer := 0;
            BEGIN
              IF tenant IS NULL THEN
                RETURN;
              END IF;
              IF NOT upwards AND (beyond IS NULL OR moment IS NOT NULL) THEN
                RETURN QUERY EXECUTE $ask$
            {Walk("s.updated_at IS NOT NULL AND ($5 IS NULL OR (s.updated_at, s.id) < ($4, $5))", "s.updated_at DESC, s.id DESC", "x.updated_at DESC, x.id DESC")}
                $ask$ {Values};
                GET DIAGNOSTICS given = ROW_COUNT;
                beyond := NULL;
              END IF;
              IF NOT upwards AND given < most THEN
                RETURN QUERY EXECUTE $ask$
            {Walk("s.updated_at IS NULL AND $4 IS NULL AND ($5 IS NULL OR s.id < $5)", "s.id DESC", "x.id DESC")}
                $ask$ USING tenant, (filter ->> 'user')::uuid, (filter ->> 'chat')::uuid, NULL::timestamptz, beyond, most - given;
              END IF;
              IF upwards AND (beyond IS NULL OR moment IS NULL) THEN
                RETURN QUERY EXECUTE $ask$
            {Walk("s.updated_at IS NULL AND $4 IS NULL AND ($5 IS NULL OR s.id > $5)", "s.id", "x.id")}
                $ask$ USING tenant, (filter ->> 'user')::uuid, (filter ->> 'chat')::uuid, NULL::timestamptz, beyond, most;
                GET DIAGNOSTICS given = ROW_COUNT;
                beyond := NULL;
              END IF;
              IF upwards AND given < most THEN
                RETURN QUERY EXECUTE $ask$
            {Walk("s.updated_at IS NOT NULL AND ($5 IS NULL OR (s.updated_at, s.id) > ($4, $5))", "s.updated_at, s.id", "x.updated_at, x.id")}
                $ask$ {Values};
              END IF;
            END
            $fence$
            """;
    }
}
