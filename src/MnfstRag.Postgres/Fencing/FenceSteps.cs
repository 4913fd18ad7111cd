using System.Globalization;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Fencing;

/// <summary>The statements of <see cref="FenceScript"/>.</summary>
internal static class FenceSteps
{
    /// <summary>What the stamp, the schema's comment, begins with.</summary>
    public const string StampPrefix = "mnfst-admin fence ";

    public static IEnumerable<FenceStep> Begin() =>
    [
        new("Wait for no lock longer than this: nothing of the product shall wait behind it.", "SET LOCAL lock_timeout = '2s'"),
        new("Names mean PostgreSQL's own.", "SET LOCAL search_path = pg_catalog"),
        new("Strings are what they look like.", "SET LOCAL standard_conforming_strings = on"),
        new("One at a time.", $"SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('{FenceNames.TenantSetting}'))"),
    ];

    public static FenceStep Roles(FenceNames names) => new(
        "The owner of the views never signs in. The reader signs in and owns nothing: give it a password apart from this script.",
        $"""
        DO $fence$
        BEGIN
          IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {FenceNames.Literal(names.Owner)}) THEN
            CREATE ROLE {names.QuotedOwner} NOLOGIN;
          END IF;
          IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {FenceNames.Literal(names.Reader)}) THEN
            CREATE ROLE {names.QuotedReader} LOGIN;
          END IF;
        END
        $fence$
        """);

    public static FenceStep Connect(FenceNames names) => new(
        "The reader may connect to this database, where not everybody may.",
        $"""
        DO $fence$
        BEGIN
          IF NOT pg_catalog.has_database_privilege({FenceNames.Literal(names.Reader)}, pg_catalog.current_database(), 'CONNECT') THEN
            EXECUTE pg_catalog.format('GRANT CONNECT ON DATABASE %I TO %I', pg_catalog.current_database(), {FenceNames.Literal(names.Reader)});
          END IF;
        END
        $fence$
        """);

    public static FenceStep Borrow(FenceNames names) => new(
        "To give objects to their owner one must be a member of it, until the end of this script.",
        $"GRANT {names.QuotedOwner} TO CURRENT_USER");

    public static FenceStep BorrowToRemove(FenceNames names) => new(
        "To take objects from their owner one must be a member of it.",
        $"""
        DO $fence$
        BEGIN
          IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {FenceNames.Literal(names.Owner)}) THEN
            GRANT {names.QuotedOwner} TO CURRENT_USER;
          END IF;
        END
        $fence$
        """);

    public static FenceStep Clear(FenceNames names) => new(
        "What stands of an older fence goes, with its policies and its grants; something of others in its schema, or built on it, stops the script.",
        $"""
        DO $fence$
        BEGIN
          IF EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = {FenceNames.Literal(names.Schema)}
              AND (pg_catalog.pg_get_userbyid(n.nspowner) <> {FenceNames.Literal(names.Owner)} OR coalesce(pg_catalog.obj_description(n.oid, 'pg_namespace'), '') NOT LIKE '{StampPrefix}%')) THEN
            RAISE EXCEPTION 'Schema {Escaped(names.QuotedSchema)} exists and is not the fence''s.';
          END IF;
          IF EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.oid = c.relowner
              WHERE r.rolname = {FenceNames.Literal(names.Owner)} AND c.relnamespace::pg_catalog.regnamespace::pg_catalog.text <> {FenceNames.Literal(names.QuotedSchema)} AND c.relkind NOT IN ('i', 't')) THEN
            RAISE EXCEPTION 'Role {Escaped(names.QuotedOwner)} owns more than the fence.';
          END IF;
          IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {FenceNames.Literal(names.Owner)}) THEN
            DROP OWNED BY {names.QuotedOwner};
          END IF;
        END
        $fence$
        """);

    public static IEnumerable<FenceStep> Build(ProductSchema product, FenceNames names)
    {
        yield return new("The owner may read the columns that the views show, and no others: never password_hash.", $"GRANT USAGE ON SCHEMA {SqlName.Of(product.Name)} TO {names.QuotedOwner}");
        foreach (var table in product.Tables.Values.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            var columns = string.Join(", ", FenceViews.Columns(product, table.Name).Select(SqlName.Of));
            yield return new($"{table.Name}, to be read.", $"GRANT SELECT ({columns}) ON TABLE {SqlName.Of(product.Name, table.Name)} TO {names.QuotedOwner}");
            if (table.RowSecurity)
            {
                yield return new(
                    $"Row level security is on for {table.Name}: this policy is for the owner of the views alone, and the views name the tenant. A condition here would keep search from its index.",
                    $"CREATE POLICY {FenceNames.Policy} ON {SqlName.Of(product.Name, table.Name)} AS PERMISSIVE FOR SELECT TO {names.QuotedOwner} USING (true)");
            }
        }

        foreach (var step in Writes(product, names))
        {
            yield return step;
        }

        yield return Temporary(names);
        yield return new("The fence's own schema.", $"CREATE SCHEMA {names.QuotedSchema} AUTHORIZATION {names.QuotedOwner}");
        foreach (var view in FenceViews.Of(product))
        {
            yield return new($"{view.Name} of the tenant that the transaction names; without one, none.", $"CREATE VIEW {names.Of(view.Name)} WITH (security_barrier = true) AS\n{view.Query}");
            yield return new("Read with the owner's rights.", $"ALTER VIEW {names.Of(view.Name)} OWNER TO {names.QuotedOwner}");
        }

        foreach (var function in FenceFunctions.Of(product, names))
        {
            yield return new($"{function.Name} {function.Does}.", $"CREATE FUNCTION {names.Of(function.Name)} {function.Definition}");
            yield return new("Run with the owner's rights.", $"ALTER FUNCTION {names.Of(function.Name)}({function.Arguments}) OWNER TO {names.QuotedOwner}");
        }

        yield return Rights(names);
        yield return new("The reader may look into the schema,", $"GRANT USAGE ON SCHEMA {names.QuotedSchema} TO {names.QuotedReader}");
        yield return new("read the views,", $"GRANT SELECT ON {string.Join(", ", FenceViews.Of(product).Select(view => names.Of(view.Name)))} TO {names.QuotedReader}");
        yield return new("search, turn pages, set the status of documents and import records of them.", Execute(product, names, overseer: false));
        if (names.QuotedOverseer is { } overseer)
        {
            yield return new("The overseer, with which the dashboard watches, may look into the schema too", $"GRANT USAGE ON SCHEMA {names.QuotedSchema} TO {overseer}");
            yield return new("and run what counts over all tenants, and nothing else.", Execute(product, names, overseer: true));
        }
    }

    private static string Execute(ProductSchema product, FenceNames names, bool overseer)
    {
        var functions = FenceFunctions.Of(product, names).Where(one => one.ForOverseer == overseer).Select(one => $"{names.Of(one.Name)}({one.Arguments})");
        return $"GRANT EXECUTE ON FUNCTION {string.Join(", ", functions)} TO {(overseer ? names.QuotedOverseer : names.QuotedReader)}";
    }

    // PUBLIC has this right unless somebody revoked it; without it everything but the import works.
    private static FenceStep Temporary(FenceNames names) => new(
        "An import lays its rows into a temporary table that the owner makes: it needs that right where PUBLIC has it no longer.",
        $"""
        DO $fence$
        BEGIN
          IF NOT pg_catalog.has_database_privilege({FenceNames.Literal(names.Owner)}, pg_catalog.current_database(), 'TEMPORARY') THEN
            EXECUTE pg_catalog.format('GRANT TEMPORARY ON DATABASE %I TO %I', pg_catalog.current_database(), {FenceNames.Literal(names.Owner)});
          END IF;
        EXCEPTION WHEN insufficient_privilege THEN
          RAISE NOTICE 'Records cannot be imported: the owner of the database grants TEMPORARY on it to %.', {FenceNames.Literal(names.Owner)};
        END
        $fence$
        """);

    /// <summary>The owner may set the status of documents and make records of them; nothing else of the product is written.</summary>
    private static IEnumerable<FenceStep> Writes(ProductSchema product, FenceNames names)
    {
        var documents = SqlName.Of(product.Name, "documents");
        yield return new("documents, to have their status set and records made by two functions.", $"GRANT UPDATE ({string.Join(", ", FenceWrites.Updated)}), INSERT ({string.Join(", ", FenceWrites.Inserted)}) ON TABLE {documents} TO {names.QuotedOwner}");
        if (product.Tables["documents"].RowSecurity)
        {
            yield return new("Row level security is on for documents: the owner writes rows of the tenant that the transaction names.", $"CREATE POLICY {FenceNames.UpdatePolicy} ON {documents} AS PERMISSIVE FOR UPDATE TO {names.QuotedOwner} USING (tenant_id = {FenceViews.Tenant}) WITH CHECK (tenant_id = {FenceViews.Tenant})");
            yield return new("The same for records that are made.", $"CREATE POLICY {FenceNames.InsertPolicy} ON {documents} AS PERMISSIVE FOR INSERT TO {names.QuotedOwner} WITH CHECK (tenant_id = {FenceViews.Tenant})");
        }
    }

    public static FenceStep Stamp(FenceNames names, int version, string fingerprint) => new(
        "Say which fence this is, and remember how it stands: what is altered later is found.",
        string.Create(CultureInfo.InvariantCulture, $$"""
        DO $fence$
        BEGIN
          EXECUTE pg_catalog.format('COMMENT ON SCHEMA %I IS %L', {{FenceNames.Literal(names.Schema)}}, '{{StampPrefix}}' || pg_catalog.jsonb_build_object(
            'version', {{version}}, 'script', '{{fingerprint}}', 'objects', ({{FenceDigest.Sql(names)}}),
            'by', session_user, 'at', pg_catalog.statement_timestamp())::pg_catalog.text);
        END
        $fence$
        """));

    public static FenceStep Return(FenceNames names) => new("Nobody is a member of the owner.", $"REVOKE {names.QuotedOwner} FROM CURRENT_USER");

    public static FenceStep Assert(string invariants) => new(
        "A fence that would not hold is not left behind: any of these, and everything above is undone.",
        $"""
        DO $fence$
        DECLARE
          faults text;
        BEGIN
          SELECT pg_catalog.string_agg(y.subject || ' ' || y.rule, '; ') INTO faults FROM (
        {invariants}
          ) AS y WHERE y.breaks;
          IF faults IS NOT NULL THEN
            RAISE EXCEPTION 'The fence would not hold: %', faults USING ERRCODE = 'raise_exception';
          END IF;
        END
        $fence$
        """);

    public static FenceStep DropOwner(FenceNames names) => new(
        "The owner goes too, unless another database of this cluster has a fence.",
        $"""
        DO $fence$
        BEGIN
          IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {FenceNames.Literal(names.Owner)}) THEN
            REVOKE {names.QuotedOwner} FROM CURRENT_USER;
            BEGIN
              DROP ROLE {names.QuotedOwner};
            EXCEPTION WHEN dependent_objects_still_exist THEN
              RAISE NOTICE 'Role % stays: another database of this cluster needs it.', {FenceNames.Literal(names.Owner)};
            END;
          END IF;
        END
        $fence$
        """);

    internal static FenceStep Rights(FenceNames names) => new(
        "Nobody else has rights here: PUBLIC's on functions go, and what default privileges gave to others.",
        $"""
        DO $fence$
        DECLARE
          one record;
        BEGIN
          FOR one IN
            SELECT CASE WHEN o.kind = 'f' THEN 'FUNCTION ' || o.id::pg_catalog.regprocedure ELSE 'TABLE ' || o.id::pg_catalog.regclass END AS thing,
                   CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS grantee
            FROM (SELECT 'r' AS kind, c.oid AS id, c.relacl AS acl, c.relowner AS holder FROM pg_catalog.pg_class c WHERE c.relnamespace = {FenceNames.Literal(names.QuotedSchema)}::pg_catalog.regnamespace
              UNION ALL
              SELECT 'f', p.oid, coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)), p.proowner FROM pg_catalog.pg_proc p WHERE p.pronamespace = {FenceNames.Literal(names.QuotedSchema)}::pg_catalog.regnamespace) AS o
            CROSS JOIN LATERAL pg_catalog.aclexplode(o.acl) AS a
            WHERE a.grantee <> o.holder
          LOOP
            EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s', one.thing, one.grantee);
          END LOOP;
        END
        $fence$
        """);

    /// <summary>For a name inside a string constant in which % stands for an argument.</summary>
    private static string Escaped(string name) => name.Replace("'", "''", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal);
}
