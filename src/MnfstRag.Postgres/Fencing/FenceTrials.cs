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
