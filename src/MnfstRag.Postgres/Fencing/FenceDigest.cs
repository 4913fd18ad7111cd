namespace MnfstRag.Postgres.Fencing;

/// <summary>
/// How the fence stands, in one figure: definitions, owners, options and rights of all in its schema, and its policies. Taken when it
/// is built and compared ever after; an upgrade to another major version may word a definition anew and so change it.
/// </summary>
internal static class FenceDigest
{
    /// <summary>An expression's SELECT; the search path must be pg_catalog, which decides how names are written.</summary>
    public static string Sql(FenceNames names) => $"""
        SELECT pg_catalog.md5(coalesce(pg_catalog.string_agg(d.line, E'\n' ORDER BY d.line COLLATE "C"), '')) FROM (
            SELECT pg_catalog.concat_ws('|', 'relation', c.relname, c.relkind, pg_catalog.pg_get_userbyid(c.relowner), c.reloptions::text, c.relacl::text, pg_catalog.pg_get_viewdef(c.oid)) AS line
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = {FenceNames.Literal(names.Schema)}
            UNION ALL
            SELECT pg_catalog.concat_ws('|', 'function', p.oid::pg_catalog.regprocedure, pg_catalog.pg_get_userbyid(p.proowner), p.prosecdef, p.proconfig::text, p.proacl::text, p.prosrc)
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = {FenceNames.Literal(names.Schema)}
            UNION ALL
            SELECT pg_catalog.concat_ws('|', 'policy', p.polrelid::pg_catalog.regclass, p.polname, p.polcmd, p.polpermissive, pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
            FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_roles r ON r.oid = ANY (p.polroles) WHERE r.rolname = {FenceNames.Literal(names.Owner)}
        ) AS d
        """;
}
