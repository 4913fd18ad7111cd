namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// What must hold for the fence to be one, asked of the catalog (14–18; any role): one row for each thing that does not. The script ends
/// with it, so that a fence that would not hold is never left behind, and the state asks it again.
/// </summary>
internal static class FenceInvariants
{
    /// <summary>Columns: rule, what it concerns, and whether the fence is broken (else: to be looked at).</summary>
    public static string Sql(ProductSchema product, FenceNames names) =>
        Of(product, names, [.. Roles, .. Rights, .. Objects, RowSecurity(product), HiddenColumns(product), Writing(product), .. Oversight]);

    /// <summary>The same of the sign-in function: its owner reads five columns of users, its reader calls it, and that is all.</summary>
    public static string SignIn(ProductSchema product, FenceNames names)
    {
        var users = product with { Tables = product.Tables.Where(one => one.Key == "users").ToDictionary(StringComparer.Ordinal) };
        return Of(product, names, [.. Roles, .. Rights, .. Objects, RowSecurity(users), OtherColumns(product)]);
    }

    private static string Of(ProductSchema product, FenceNames names, IEnumerable<string> rules) => $"""
        SELECT x.rule, x.subject, x.breaks
        FROM (SELECT
            (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = {FenceNames.Literal(names.Reader)}) AS reader,
            (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = {FenceNames.Literal(names.Owner)}) AS owner,
            (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = {(names.Overseer is { } role ? FenceNames.Literal(role) : "NULL")}) AS overseer,
            (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = {FenceNames.Literal(names.Schema)}) AS fence,
            (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = {FenceNames.Literal(product.Name)}) AS product) AS f
        CROSS JOIN LATERAL (
        {string.Join("\n  UNION ALL\n", rules)}
        ) AS x
        ORDER BY 3 DESC, 1, 2
        """;

    private static readonly string[] Roles =
    [
        """
        SELECT 'a role of the fence is missing' AS rule, 'owner or reader' AS subject, true AS breaks WHERE f.reader IS NULL OR f.owner IS NULL OR f.fence IS NULL
        """,
        """
        SELECT 'may pass by row level security or make roles', r.rolname::text, true FROM pg_catalog.pg_roles r
        WHERE r.oid IN (f.reader, f.owner) AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication)
        """,
        """
        SELECT 'may sign in, and shall not', r.rolname::text, true FROM pg_catalog.pg_roles r WHERE r.oid = f.owner AND r.rolcanlogin
        """,
        """
        SELECT 'is a member of another role', pg_catalog.pg_get_userbyid(m.member) || ' in ' || pg_catalog.pg_get_userbyid(m.roleid), true
        FROM pg_catalog.pg_auth_members m WHERE m.member IN (f.reader, f.owner)
        """,
        // Since 16 the role that made another one administers it without having its rights.
        """
        SELECT 'has the rights of the fence''s owner', pg_catalog.pg_get_userbyid(m.member)::text, true
        FROM pg_catalog.pg_auth_members m
        WHERE m.roleid = f.owner
          AND (coalesce((to_jsonb(m) ->> 'inherit_option')::bool, true) OR coalesce((to_jsonb(m) ->> 'set_option')::bool, true))
        """,
        """
        SELECT 'owns something', pg_catalog.pg_get_userbyid(d.refobjid) || ': ' || pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), true
        FROM pg_catalog.pg_shdepend d
        WHERE d.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND d.refobjid = f.reader AND d.deptype = 'o'
          AND d.dbid IN (0, (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))
        """,
    ];

    private static readonly string[] Rights =
    [
        """
        SELECT 'has rights on a table outside the fence', pg_catalog.format('%I.%I', n.nspname, c.relname), true
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE f.reader IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace IS DISTINCT FROM f.fence
          AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(temp|toast)'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
          AND (c.relnamespace = f.product OR pg_catalog.has_schema_privilege(f.reader, n.oid, 'USAGE'))
          AND (pg_catalog.has_table_privilege(f.reader, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
            OR pg_catalog.has_any_column_privilege(f.reader, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES'))
        """,
        """
        SELECT 'runs with its owner''s rights, outside the fence: what it gives is not fenced', pg_catalog.format('%I.%I(%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), false
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
        WHERE f.reader IS NOT NULL AND p.prosecdef AND p.pronamespace IS DISTINCT FROM f.fence
          AND p.prorettype NOT IN ('pg_catalog.void'::pg_catalog.regtype, 'pg_catalog.trigger'::pg_catalog.regtype, 'pg_catalog.event_trigger'::pg_catalog.regtype)
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid AND e.deptype = 'e')
          AND pg_catalog.has_schema_privilege(f.reader, n.oid, 'USAGE') AND pg_catalog.has_function_privilege(f.reader, p.oid, 'EXECUTE')
        """,
        """
        SELECT 'has a right in the fence that it shall not have', pg_catalog.format('%s on %I: %s', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee) END, o.name, a.privilege_type), true
        FROM (SELECT c.relname AS name, c.relacl AS acl, c.relowner AS holder, 'SELECT' AS allowed, ARRAY[f.reader] AS users FROM pg_catalog.pg_class c WHERE c.relnamespace = f.fence
          UNION ALL SELECT p.proname, coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)), p.proowner, 'EXECUTE', ARRAY[CASE WHEN pg_catalog.starts_with(p.proname::text, 'oversee_') THEN f.overseer ELSE f.reader END] FROM pg_catalog.pg_proc p WHERE p.pronamespace = f.fence
          UNION ALL SELECT n.nspname, n.nspacl, n.nspowner, 'USAGE', ARRAY[f.reader, f.overseer] FROM pg_catalog.pg_namespace n WHERE n.oid = f.fence) AS o
        CROSS JOIN LATERAL pg_catalog.aclexplode(o.acl) AS a
        WHERE a.grantee <> o.holder AND ((a.grantee = ANY (o.users)) IS NOT TRUE OR a.privilege_type <> o.allowed OR a.is_grantable)
        """,
    ];

    private static readonly string[] Objects =
    [
        """
        SELECT 'is no barrier view of the fence''s owner', c.relname::text, true
        FROM pg_catalog.pg_class c
        WHERE c.relnamespace = f.fence
          AND (c.relkind <> 'v' OR c.relowner <> f.owner OR NOT coalesce(c.reloptions @> '{security_barrier=true}', false) OR coalesce(c.reloptions::text ~* 'security_invoker=(true|on|1|yes)', false))
        """,
        """
        SELECT 'is no function of the fence''s owner with a pinned search_path', p.proname::text, true
        FROM pg_catalog.pg_proc p
        WHERE p.pronamespace = f.fence
          AND (p.proowner <> f.owner OR NOT p.prosecdef OR NOT coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false))
        """,
        """
        SELECT 'gives more than the fence''s owner its rows', pg_catalog.format('policy %I on %s', p.polname, p.polrelid::pg_catalog.regclass), true
        FROM pg_catalog.pg_policy p
        WHERE f.owner = ANY (p.polroles) AND (p.polroles <> ARRAY[f.owner] OR NOT p.polpermissive OR p.polcmd NOT IN ('r', 'w', 'a')
            OR p.polcmd <> 'r' AND (coalesce(pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid), '') !~ '^\(tenant_id = \(NULLIF\(current_setting\(''mnfst_admin.tenant_id''::text, true\), ''''::text\)\)::uuid\)$'
              OR p.polcmd = 'w' AND pg_catalog.pg_get_expr(p.polqual, p.polrelid) IS DISTINCT FROM pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)))
        """,
        """
        SELECT 'restricts everybody, the fence''s owner too: rows may be missing from its views', pg_catalog.format('policy %I on %I', p.polname, c.relname), false
        FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
        WHERE c.relnamespace = f.product AND c.relrowsecurity AND NOT p.polpermissive AND p.polcmd IN ('r', '*') AND 0 = ANY (p.polroles)
        """,
    ];

    private static string RowSecurity(ProductSchema product) => $"""
        SELECT 'has row level security and no policy for the fence''s owner: its views show nothing', c.relname::text, true
        FROM pg_catalog.pg_class c
        WHERE c.relnamespace = f.product AND c.relname IN ({Names(product)}) AND c.relrowsecurity AND f.owner IS NOT NULL
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND f.owner = ANY (p.polroles))
        """;

    private static string HiddenColumns(ProductSchema product) => $"""
        SELECT 'the fence''s owner may read what no view shows', c.relname || '.' || a.attname, true
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = f.product AND f.owner IS NOT NULL AND c.relname || '.' || a.attname NOT IN ({Shown(product)}) AND c.relname IN ({Names(product)})
          AND pg_catalog.has_column_privilege(f.owner, c.oid, a.attnum, 'SELECT')
        """;

    // What the two writing functions need, and no more.
    private static string Writing(ProductSchema product) => $"""
        SELECT 'the fence''s owner may write what no function writes', c.relname || '.' || a.attname, true
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = f.product AND f.owner IS NOT NULL AND c.relname IN ({Names(product)})
          AND (pg_catalog.has_column_privilege(f.owner, c.oid, a.attnum, 'UPDATE') AND NOT (c.relname = 'documents' AND a.attname IN ({List(FenceWrites.Updated)}))
            OR pg_catalog.has_column_privilege(f.owner, c.oid, a.attnum, 'INSERT') AND NOT (c.relname = 'documents' AND a.attname IN ({List(FenceWrites.Inserted)})))
        UNION ALL
        SELECT 'the fence''s owner may do more with it than the fence needs', c.relname::text, true
        FROM pg_catalog.pg_class c
        WHERE c.relnamespace = f.product AND f.owner IS NOT NULL AND c.relname IN ({Names(product)})
          AND pg_catalog.has_table_privilege(f.owner, c.oid, 'DELETE, TRUNCATE, REFERENCES, TRIGGER')
        """;

    private static readonly string[] Oversight =
    [
        """
        SELECT 'has the rights of the role that looks over all tenants', pg_catalog.pg_get_userbyid(f.reader)::text, true
        WHERE f.reader IS NOT NULL AND f.overseer IS NOT NULL AND pg_catalog.pg_has_role(f.reader, f.overseer, 'MEMBER')
        """,
    ];

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(FenceNames.Literal));

    private static string OtherColumns(ProductSchema product) => $"""
        SELECT 'may be read by the sign-in function''s owner too, which does not need it', c.relname || '.' || a.attname, false
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = f.product AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND f.owner IS NOT NULL
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
          AND (c.relname <> 'users' OR a.attname NOT IN ({string.Join(", ", SignInScript.Columns.Select(FenceNames.Literal))}))
          AND pg_catalog.has_column_privilege(f.owner, c.oid, a.attnum, 'SELECT')
        """;

    private static string Names(ProductSchema product) => string.Join(", ", product.Tables.Keys.Order(StringComparer.Ordinal).Select(FenceNames.Literal));

    private static string Shown(ProductSchema product) => string.Join(
        ", ",
        product.Tables.Keys.Order(StringComparer.Ordinal).SelectMany(table => FenceViews.Columns(product, table).Select(column => FenceNames.Literal($"{table}.{column}"))));
}
