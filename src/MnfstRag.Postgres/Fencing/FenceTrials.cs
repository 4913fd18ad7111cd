using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Fencing;

/// <summary>All attempts that the self-test makes as one tenant, with identities of another's rows as bait.</summary>
internal sealed class FenceTrials(ProductSchema product, FenceNames names, Guid other)
{
    private const string Denied = PostgresErrorCodes.InsufficientPrivilege;

    /// <summary>On one view.</summary>
    public IEnumerable<FenceTrial> On(FenceView view, IReadOnlyList<Guid> bait)
    {
        var name = names.Of(view.Name);
        var key = view.Columns.Contains("tenant_id") ? "tenant_id" : "id";
        var byId = $"SELECT count(*) FROM {name} AS v WHERE v.id = ANY ($1)";
        yield return new("by id", view.Name, byId) { Bait = bait };
        yield return new("count of others", view.Name, $"SELECT count(*) FROM {name} AS v WHERE v.{key} IS DISTINCT FROM nullif(current_setting('{FenceNames.TenantSetting}', true), '')::uuid") { Bait = bait };
        yield return new("by the other tenant", view.Name, $"SELECT count(*) FROM {name} AS v WHERE v.{key} = $2 AND cardinality($1) > 0") { Bait = bait };
        yield return new("join", view.Name, $"SELECT count(*) FROM unnest($1) AS x(id) JOIN {name} AS v ON v.id = x.id") { Bait = bait };
        yield return new("an injected OR", view.Name, $"SELECT count(*) FROM (SELECT v.id FROM {name} AS v WHERE v.id = $2 OR 1 = 1) AS x WHERE x.id = ANY ($1)") { Bait = bait };
        yield return new("EXISTS", view.Name, $"SELECT count(*) FROM unnest($1) AS x(id) WHERE EXISTS (SELECT FROM {name} AS v WHERE v.id = x.id)") { Bait = bait };
        yield return new("a leaky operator", view.Name, $"SELECT 0 * count(*) FROM {name} AS v WHERE 1 / (v.id <> ($1)[1])::int = 1") { Bait = bait, Leaks = [PostgresErrorCodes.DivisionByZero] };
        yield return new("a leaky cast, without a tenant", view.Name, $"SELECT count(*) FROM {name} AS v WHERE v.id::text::int4 = 1") { WithoutTenant = true, Leaks = [PostgresErrorCodes.InvalidTextRepresentation] };
        yield return new("row_security off", view.Name, byId) { Bait = bait, Before = "SET LOCAL row_security = off", Refusals = [Denied] };
        yield return new("app.user_role and app.current_tenant_id", view.Name, byId) { Bait = bait, Before = $"SELECT set_config('app.user_role', 'tenant_admin', true), set_config('app.current_tenant_id', '{other}', true), set_config('app.current_user_id', '{other}', true)" };
        yield return new("no tenant", view.Name, $"SELECT count(*) FROM {name}") { WithoutTenant = true };
        yield return new("an empty tenant", view.Name, $"SELECT count(*) FROM {name}") { Before = $"SELECT set_config('{FenceNames.TenantSetting}', '', true)" };
        yield return new("a tenant that is no uuid", view.Name, $"SELECT count(*) FROM {name}") { Before = $"SELECT set_config('{FenceNames.TenantSetting}', '%', true)", Refusals = [PostgresErrorCodes.InvalidTextRepresentation] };
        yield return new("a tenant that does not exist", view.Name, $"SELECT count(*) FROM {name}") { Before = $"SELECT set_config('{FenceNames.TenantSetting}', '00000000-0000-4000-8000-00000000dead', true)" };
        yield return new("a right to write", view.Name, $"SELECT has_table_privilege({FenceNames.Literal(name)}, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')::int::bigint");
        yield return new("the base table", view.Name, $"SELECT count(*) FROM {SqlName.Of(product.Name, view.Name)}") { MustBeRefused = true, Refusals = [Denied] };
        yield return new("the base table's statistics", view.Name, $"SELECT count(*) FROM pg_stats WHERE schemaname = {FenceNames.Literal(product.Name)} AND tablename = {FenceNames.Literal(view.Name)}");
    }

    /// <summary>On search; <paramref name="words"/> are of the other tenant's rows.</summary>
    public IEnumerable<FenceTrial> Search(string function, string words, IReadOnlyList<Guid> bait)
    {
        var call = $"SELECT count(*) FROM {names.Of(function)}({FenceNames.Literal(words)}, {FenceFunctions.Most}) AS found";
        yield return new("words of the other tenant", function, $"{call} WHERE found = ANY ($1)") { Bait = bait };
        yield return new("words, with app.user_role", function, $"{call} WHERE found = ANY ($1)") { Bait = bait, Before = $"SELECT set_config('app.user_role', 'superadmin', true), set_config('app.current_tenant_id', '{other}', true)" };
        yield return new("words, with row_security off", function, $"{call} WHERE found = ANY ($1)") { Bait = bait, Before = "SET LOCAL row_security = off", Refusals = [Denied] };
        yield return new("words, with a search path", function, $"{call} WHERE found = ANY ($1)") { Bait = bait, Before = $"SET LOCAL search_path = {SqlName.Of(product.Name)}, pg_catalog" };
        yield return new("words, without a tenant", function, call) { WithoutTenant = true };
        yield return new("words, with an empty tenant", function, call) { Before = $"SELECT set_config('{FenceNames.TenantSetting}', '', true)" };
    }

    /// <summary>On pages of lists and their counts.</summary>
    public IEnumerable<FenceTrial> Pages(IReadOnlyList<Guid> documents, IReadOnlyList<Guid> sessions, IReadOnlyList<Guid> users)
    {
        foreach (var (function, bait) in new[] { ("page_documents", documents), ("page_sessions", sessions) })
        {
            string Page(string filter) => $"SELECT count(*) FROM {names.Of(function)}({filter}, {FencePages.Most}) AS found";
            var whose = function == "page_documents" ? "uploader" : "user";
            yield return new("a page", function, $"{Page("'{}'")} WHERE found = ANY ($1)") { Bait = bait };
            yield return new("a page from the end", function, $"{Page("'{\"upwards\": true}'")} WHERE found = ANY ($1)") { Bait = bait };
            yield return new("a page of the other tenant's user", function, $"{Page($"jsonb_build_object('{whose}', ($1)[1])")}") { Bait = users };
            yield return new("a page from a row of the other tenant", function, $"{Page("jsonb_build_object('id', ($1)[1])")} WHERE found = ANY ($1)") { Bait = bait };
            yield return new("a page, without a tenant", function, Page("'{}'")) { WithoutTenant = true };
        }

        yield return new("a page with words", "page_documents", $"SELECT count(*) FROM {names.Of("page_documents")}('{{\"find\": \"%\", \"mode\": \"part\"}}', {FencePages.Most}) AS found WHERE found = ANY ($1)") { Bait = documents };
        yield return new("a count of the other tenant's user", "count_documents", $"SELECT counted + coalesce(estimated, 0) FROM {names.Of("count_documents")}(jsonb_build_object('uploader', ($1)[1]), 100000)") { Bait = users };
        yield return new("a count, without a tenant", "count_documents", $"SELECT counted + coalesce(estimated, 0) FROM {names.Of("count_documents")}('{{}}', 100000)") { WithoutTenant = true };
    }

    /// <summary>On what writes.</summary>
    public IEnumerable<FenceTrial> Writes(IReadOnlyList<Guid> documents, IReadOnlyList<Guid> users)
    {
        foreach (var status in new[] { "uploaded", "error" })
        {
            yield return new($"mark as {status}", "set_document_status", $"SELECT count(*) FROM {names.Of("set_document_status")}($1, NULL, '{status}')") { Bait = documents, Writes = true };
        }

        yield return new("mark as uploaded, without a tenant", "set_document_status", $"SELECT count(*) FROM {names.Of("set_document_status")}($1, NULL, 'uploaded')") { Bait = documents, Writes = true, WithoutTenant = true };
        yield return new("mark as uploaded, with app.user_role", "set_document_status", $"SELECT count(*) FROM {names.Of("set_document_status")}($1, NULL, 'uploaded')") { Bait = documents, Writes = true, Before = $"SELECT set_config('app.user_role', 'superadmin', true), set_config('app.current_tenant_id', '{other}', true)" };
        if (users.Count > 0)
        {
            var row = $"SELECT {names.Of("begin_import")}(); INSERT INTO pg_temp.{FenceWrites.Table} (line, filename, original_name, size, mime_type, status, uploader) VALUES (1, 'self-test', 'self-test', 1, 'text/plain', 'uploaded', '{users[0]}')";
            yield return new("a record of the other tenant's user", "import_documents", $"SELECT {names.Of("import_documents")}(true)") { Writes = true, Before = row };
            yield return new("a record, without a tenant", "import_documents", $"SELECT {names.Of("import_documents")}(true)") { Writes = true, WithoutTenant = true, Before = row };
        }

        var own = $"CREATE TEMPORARY VIEW {FenceWrites.Table} AS SELECT 1 AS line, 'x'::text AS filename, 'x'::text AS original_name, 1::bigint AS size, 'x'::text AS mime_type, 'uploaded'::text AS status, '{other}'::text AS uploader, NULL::text AS error, NULL::timestamptz AS processed_at, NULL::timestamptz AS created_at";
        yield return new("a view of one's own in place of the rows", "import_documents", $"SELECT {names.Of("import_documents")}(true)") { Writes = true, Before = own, MustBeRefused = true, Refusals = [Denied] };
        yield return new("a view of one's own in place of the rows", "import_faults", $"SELECT count(*) FROM {names.Of("import_faults")}()") { Writes = true, Before = own, MustBeRefused = true, Refusals = [Denied] };
        foreach (var (function, call) in new[] { ("oversee_tenants", "(NULL, NULL, NULL, 10)"), ("oversee_counts", "(ARRAY[]::uuid[])"), ("oversee_oddities", "('duplicate_slug', 10)") })
        {
            // 42883: a fence without an overseer has none.
            yield return new("look over all tenants", function, $"SELECT count(*) FROM {names.Of(function)}{call}") { MustBeRefused = true, Refusals = [Denied, PostgresErrorCodes.UndefinedFunction] };
        }
    }

    /// <summary>On the roles.</summary>
    public IEnumerable<FenceTrial> Roles()
    {
        const string Got = "SELECT 1::bigint";
        yield return new("become the owner of the views", names.Owner, Got) { Before = $"SET LOCAL ROLE {names.QuotedOwner}", MustBeRefused = true, Refusals = [Denied] };
        yield return new("sign on as the owner of the views", names.Owner, Got) { Before = $"SET LOCAL SESSION AUTHORIZATION {names.QuotedOwner}", MustBeRefused = true, Refusals = [Denied] };
        // 22023: there is no such role.
        yield return new("become authenticated", "authenticated", Got) { Before = "SET LOCAL ROLE authenticated", MustBeRefused = true, Refusals = [Denied, PostgresErrorCodes.InvalidParameterValue] };
        yield return new("grant oneself the owner", names.Owner, Got) { Before = $"GRANT {names.QuotedOwner} TO CURRENT_USER", MustBeRefused = true, Refusals = [Denied, PostgresErrorCodes.ReadOnlySqlTransaction] };
        yield return new("write after all", "the transaction", Got) { Before = "SET LOCAL transaction_read_only = off", MustBeRefused = true, Refusals = [PostgresErrorCodes.ActiveSqlTransaction] };
        if (product.Tables["users"].Has("password_hash"))
        {
            yield return new("password_hash", "users", $"SELECT count(u.password_hash) FROM {SqlName.Of(product.Name, "users")} AS u") { MustBeRefused = true, Refusals = [Denied] };
        }
    }
}
