using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Fencing;

public sealed class FenceSelfTestTests
{
    [Theory, MemberData(nameof(FenceScriptTests.Everywhere), MemberType = typeof(FenceScriptTests))]
    public async Task A_fence_as_it_was_built_holds_against_every_attempt(int major, ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(major, shape);

        var proof = await fenced.ProveAsync();

        Assert.Null(proof.Fault);
        Assert.DoesNotContain(proof.Attempts, attempt => attempt.Verdict != FenceVerdict.Held);
        Assert.Equal(FenceVerdict.Held, proof.Verdict);
        Assert.InRange(proof.Attempts.Count, shape == ProductShape.Migrations ? 135 : 115, 1000);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Who_is_only_a_member_of_the_tables_owner_builds_it_where_nobody_else_may_do_anything_and_all_of_it_is_proven(int major)
    {
        await using var fenced = await Fenced.ProductAsync(major, major % 2 == 0 ? ProductShape.Migrations : ProductShape.Guide);
        var server = fenced.Database.Server;
        var member = await server.CreateRoleWithAsync("CREATEROLE");
        await fenced.Database.ExecuteAsync($"REVOKE ALL ON DATABASE \"{fenced.Database.Name}\" FROM PUBLIC; GRANT \"{fenced.Maintainer.Name}\" TO \"{member.Name}\"");
        var maintain = DatabaseUrl.Parse(fenced.Database.ConnectionStringFor(member)).Url!;
        var installer = new FenceInstaller(maintain, TimeProvider.System);

        var applied = await installer.ApplyAsync((await new FenceInspector(maintain, fenced.Names, TimeProvider.System).InspectAsync(CancellationToken.None)).Script!, CancellationToken.None);
        var proof = applied.Done == true ? await fenced.ProveAsync() : null;
        var removed = await installer.ApplyAsync(FenceScript.Remove(fenced.Names), CancellationToken.None);
        await server.ExecuteAsync($"DROP ROLE \"{member.Name}\"");

        Assert.True(applied.Done, applied.Words);
        Assert.DoesNotContain(applied.Notices, notice => notice.Contains("TEMPORARY", StringComparison.Ordinal));
        Assert.DoesNotContain(proof!.Attempts, attempt => attempt.Verdict != FenceVerdict.Held);
        Assert.Null(proof.Fault);
        Assert.True(removed.Done, removed.Words);
    }

    /// <summary>What somebody might do to a fence, what undoes it where building it anew does not, and the attempt that must then get through.</summary>
    private static IEnumerable<(string Breach, string? Undo, string Name, string On)> Breaches(ProductShape shape)
    {
        string Zoned(string column) => shape == ProductShape.Migrations ? $"timezone('UTC', {column}) AS {column}" : column;
        var status = shape == ProductShape.Migrations ? "'UPLOADED'::documentstatus" : "'uploaded'";
        var View = $"CREATE OR REPLACE VIEW mnfst_admin.documents WITH (security_barrier = true) AS SELECT id, filename, original_name, size, mime_type, lower(status::text) AS status, {Zoned("processed_at")}, error, tenant_id, user_id, {Zoned("created_at")}, {Zoned("updated_at")} FROM public.documents";
        const string Catalog = "roles, rights and objects";
        yield return (View, null, "by id", "documents");
        yield return ($"{View} WHERE tenant_id = coalesce(nullif(current_setting('mnfst_admin.tenant_id', true), '')::uuid, tenant_id)", null, "no tenant", "documents");
        yield return ($"{View} WHERE tenant_id = nullif(current_setting('mnfst_admin.tenant_id', true), '')::uuid OR current_setting('app.user_role', true) = 'tenant_admin'", null, "app.user_role and app.current_tenant_id", "documents");

        // Where row level security is on, the planner puts the views' own condition first anyway: there the catalog alone tells.
        yield return ("ALTER VIEW mnfst_admin.documents SET (security_barrier = false)", null, shape == ProductShape.Migrations ? "a leaky operator" : Catalog, "documents");
        yield return ("GRANT SELECT ON public.messages TO {reader}", "REVOKE SELECT ON public.messages FROM {reader}", "the base table", "messages");
        yield return ("GRANT SELECT (id) ON public.users TO PUBLIC", "REVOKE SELECT (id) ON public.users FROM PUBLIC", Catalog, "public.users");
        yield return ("GRANT UPDATE ON mnfst_admin.documents TO {reader}", null, "a right to write", "documents");
        yield return ("GRANT {owner} TO {reader}", "REVOKE {owner} FROM {reader}", "become the owner of the views", "{owner}");
        yield return ("GRANT authenticated TO {reader}", "REVOKE authenticated FROM {reader}", "become authenticated", "authenticated");
        yield return ("CREATE OR REPLACE FUNCTION mnfst_admin.search_messages(words text, at_most integer) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT id FROM public.messages WHERE to_tsvector(''english'', content) @@ websearch_to_tsquery(''english'', words)'", null, "words of the other tenant", "search_messages");
        yield return ("CREATE OR REPLACE FUNCTION mnfst_admin.page_documents(filter jsonb, at_most integer) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT id FROM public.documents LIMIT at_most'", null, "a page", "page_documents");
        yield return ("CREATE OR REPLACE FUNCTION mnfst_admin.page_sessions(filter jsonb, at_most integer) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT id FROM public.sessions LIMIT at_most'", null, "a page, without a tenant", "page_sessions");

        // Where row level security is on, the policy for writing names the tenant too.
        yield return ($"CREATE OR REPLACE FUNCTION mnfst_admin.set_document_status(ids uuid[], expected text, wanted text) RETURNS SETOF uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ UPDATE public.documents SET status = {status.Replace("::", "::public.", StringComparison.Ordinal)} WHERE id = ANY (ids) RETURNING id $$",
            null, shape == ProductShape.Migrations ? "mark as uploaded" : "", "set_document_status");
        yield return ("GRANT EXECUTE ON FUNCTION mnfst_admin.oversee_tenants(text, text, uuid, integer) TO {reader}", null, "look over all tenants", "oversee_tenants");
        yield return ("ALTER ROLE {reader} BYPASSRLS", "ALTER ROLE {reader} NOBYPASSRLS", Catalog, "{reader}");
        yield return ("ALTER ROLE {owner} LOGIN", "ALTER ROLE {owner} NOLOGIN", Catalog, "{owner}");
        yield return ("CREATE FUNCTION mnfst_admin.all_of_them() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.messages'", "DROP FUNCTION mnfst_admin.all_of_them()", Catalog, "all_of_them");
        yield return ("GRANT SELECT ON mnfst_admin.messages TO PUBLIC", null, Catalog, "PUBLIC on messages: SELECT");
        yield return ("GRANT CREATE ON SCHEMA mnfst_admin TO {reader}", null, Catalog, "{reader} on mnfst_admin: CREATE");
        yield return ("GRANT SELECT ON public.users TO {owner}", "REVOKE SELECT ON public.users FROM {owner}", shape == ProductShape.Migrations ? Catalog : "", "users.password_hash");
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task A_breach_is_found_by_the_attempt_that_is_made_for_it_and_building_anew_mends_it(ProductShape shape)
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, shape);
        string Filled(string text) => text.Replace("{reader}", fenced.Reader.Name, StringComparison.Ordinal).Replace("{owner}", fenced.Names.Owner, StringComparison.Ordinal);
        foreach (var (breach, undo, name, on) in Breaches(shape).Where(one => one.Name.Length > 0))
        {
            await fenced.Database.ExecuteAsync(Filled(breach));

            var proof = await fenced.ProveAsync();
            var state = await fenced.Inspector.InspectAsync(CancellationToken.None);

            Assert.Equal((FenceVerdict.Broken, breach), (proof.Verdict, breach));
            Assert.True(proof.Attempts.Any(attempt => attempt.Name == name && attempt.On == Filled(on) && attempt.Verdict == FenceVerdict.Broken), $"{breach}: {string.Join(", ", proof.Attempts.Where(attempt => attempt.Verdict != FenceVerdict.Held))}");
            Assert.True(state.Standing is FenceStanding.Broken or FenceStanding.Altered && !state.Holds, $"{breach}: {state.Words}");
            if (undo is not null)
            {
                await fenced.Database.ExecuteAsync(Filled(undo));
            }

            var applied = await fenced.ApplyAsync();
            Assert.True(applied.Done, $"{breach}: {applied.Words}");
        }

        Assert.Equal(FenceVerdict.Held, (await fenced.ProveAsync()).Verdict);
    }

    [Fact]
    public async Task Without_rows_of_another_tenant_nothing_is_proven()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);

        var proof = await fenced.ProveAsync(other: Guid.NewGuid());
        var same = await fenced.ProveAsync(other: ProductSamples.TenantA);

        Assert.Equal(FenceVerdict.NotProven, proof.Verdict);
        Assert.Contains(proof.Attempts, attempt => attempt.Evidence.StartsWith("The other tenant has no such rows", StringComparison.Ordinal));
        Assert.NotEqual(FenceVerdict.Held, same.Verdict);
    }
}
