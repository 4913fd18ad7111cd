using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// The only ways to write: the status of documents, and records of documents. They run as the fence's owner, who may update four columns of
/// documents and insert rows of it, and name the tenant themselves. Rows to be imported lie in a temporary table that the fence's owner
/// makes and owns, so that nothing of the reader's own runs with the owner's rights.
/// </summary>
internal static class FenceWrites
{
    /// <summary>Most documents whose status one call sets.</summary>
    public const int Most = 1000;

    /// <summary>The temporary table that rows are copied into.</summary>
    public const string Table = "mnfst_admin_import";

    /// <summary>What setting a status changes.</summary>
    public static readonly string[] Updated = ["status", "error", "processed_at", "updated_at"];

    /// <summary>What an imported record has.</summary>
    public static readonly string[] Inserted = ["id", "filename", "original_name", "size", "mime_type", "status", "processed_at", "error", "tenant_id", "user_id", "created_at", "updated_at"];

    public static IReadOnlyList<FenceFunction> Of(ProductSchema product, FenceNames names) =>
    [
        new("set_document_status", "uuid[], text, text", Status(product), "sets the status of the tenant's own documents and gives the identities of those that it changed"),
        new("begin_import", "", Begin(names), "makes the temporary table that records of documents are copied into, for one transaction"),
        new("import_faults", "", Faults(product, names), "names the rows there whose uploader is not one user of the tenant"),
        new("import_documents", "boolean", Import(product, names), "makes documents of the tenant from the rows there"),
    ];

    private static string Status(ProductSchema product)
    {
        var documents = product.Tables["documents"];
        var type = documents.Columns["status"];
        var now = documents.Kept("updated_at", "statement_timestamp()");
        return $"""
            (ids uuid[], expected text, wanted text) RETURNS SETOF uuid
            LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
            SET search_path = pg_catalog, pg_temp
            AS $fence$
            DECLARE
              tenant uuid := {FenceViews.Tenant};
              before text := {documents.Label("status", "expected")};
              after text := {documents.Label("status", "wanted")};
            BEGIN
              IF tenant IS NULL OR ids IS NULL OR (expected IS NOT NULL AND before IS NULL) OR lower(wanted) NOT IN ('uploaded', 'processing', 'processed', 'error') THEN
                RETURN;
              END IF;
              IF cardinality(ids) > {Most} THEN
                RAISE EXCEPTION 'More than {Most} documents in one call.' USING ERRCODE = 'program_limit_exceeded';
              END IF;
              RETURN QUERY EXECUTE $ask$
            UPDATE {SqlName.Of(product.Name, "documents")} AS d
            SET status = $4::{type},
                error = CASE WHEN lower($4) = 'error' THEN d.error END,
                processed_at = CASE WHEN lower($4) = 'processed' THEN coalesce(d.processed_at, {now}) END,
                updated_at = {now}
            WHERE d.tenant_id = $1 AND d.id = ANY ($2) AND d.status <> $4::{type} AND ($3 IS NULL OR d.status = $3::{type})
            RETURNING d.id
              $ask$ USING tenant, ids, before, after;
            END
            $fence$
            """;
    }

    private static string Begin(FenceNames names) => $"""
        () RETURNS void
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        BEGIN
          EXECUTE $ask$
            CREATE TEMPORARY TABLE {Table} (line integer NOT NULL, filename text NOT NULL, original_name text NOT NULL, size bigint NOT NULL, mime_type text NOT NULL,
              status text NOT NULL, uploader text NOT NULL, error text, processed_at timestamptz, created_at timestamptz) ON COMMIT DROP
          $ask$;
          EXECUTE $ask$GRANT INSERT ON TABLE pg_temp.{Table} TO {names.QuotedReader}$ask$;
        END
        $fence$
        """;

    // Whoever may copy could have put a view of their own in the table's place, whose functions would run here with the owner's rights.
    private static string Mine(FenceNames names) => $"""
          IF NOT EXISTS (SELECT FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
              WHERE c.relname = '{Table}' AND c.relnamespace = pg_my_temp_schema() AND c.relkind = 'r' AND r.rolname = {FenceNames.Literal(names.Owner)}) THEN
            RAISE EXCEPTION 'There is no import under way.' USING ERRCODE = 'insufficient_privilege';
          END IF;
        """;

    private static string Users(ProductSchema product) => $"""
        LEFT JOIN LATERAL (
          SELECT (array_agg(u.id))[1] AS id, count(*) AS number FROM {SqlName.Of(product.Name, "users")} AS u
          WHERE u.tenant_id = $1 AND (u.id::text = lower(i.uploader) OR lower(u.email) = lower(i.uploader))
        ) AS who ON true
        """;

    private static string Faults(ProductSchema product, FenceNames names) => $"""
        () RETURNS TABLE (line integer, fault text)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
        SET search_path = pg_catalog, pg_temp
        AS $fence$
        DECLARE
          tenant uuid := {FenceViews.Tenant};
        BEGIN
        {Mine(names)}
          RETURN QUERY EXECUTE $ask$
        SELECT i.line, CASE WHEN who.number = 0 THEN 'none' ELSE 'several' END
        FROM pg_temp.{Table} AS i
        {Users(product)}
        WHERE who.number <> 1
        ORDER BY i.line
          $ask$ USING tenant;
        END
        $fence$
        """;

    private static string Import(ProductSchema product, FenceNames names)
    {
        var documents = product.Tables["documents"];
        string Time(string column, string value) => documents.Kept(column, value);
        return $"""
            (skip_faulty boolean) RETURNS bigint
            LANGUAGE plpgsql VOLATILE SECURITY DEFINER PARALLEL UNSAFE
            SET search_path = pg_catalog, pg_temp
            AS $fence$
            DECLARE
              tenant uuid := {FenceViews.Tenant};
              made bigint;
              faulty bigint;
            BEGIN
            {Mine(names)}
              IF tenant IS NULL THEN
                RETURN 0;
              END IF;
              EXECUTE $ask$
            SELECT count(*) FROM pg_temp.{Table} AS i {Users(product)} WHERE who.number <> 1
              $ask$ INTO faulty USING tenant;
              IF faulty > 0 AND skip_faulty IS NOT TRUE THEN
                RAISE EXCEPTION 'Rows whose uploader is not one user of the tenant: %', faulty USING ERRCODE = 'data_exception';
              END IF;
              EXECUTE $ask$
            INSERT INTO {SqlName.Of(product.Name, "documents")} ({string.Join(", ", Inserted)})
            SELECT gen_random_uuid(), i.filename, i.original_name, i.size, i.mime_type, {documents.Label("status", "i.status")}::{documents.Columns["status"]}, {Time("processed_at", "i.processed_at")}, i.error,
              $1, who.id, {Time("created_at", "coalesce(i.created_at, statement_timestamp())")}, {Time("updated_at", "statement_timestamp()")}
            FROM pg_temp.{Table} AS i
            {Users(product)}
            WHERE who.number = 1
              $ask$ USING tenant;
              GET DIAGNOSTICS made = ROW_COUNT;
              RETURN made;
            END
            $fence$
            """;
    }
}
