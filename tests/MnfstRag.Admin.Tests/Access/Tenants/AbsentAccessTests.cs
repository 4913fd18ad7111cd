using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Tests.Access.ProductUsers;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Access.Tenants;

/// <summary>Whoever is not here is asked for as they are now, not as they were when they began something.</summary>
public sealed class AbsentAccessTests
{
    private const string Address = "anna@acme.example";

    [Fact]
    public async Task A_local_account_may_until_it_is_locked_or_has_another_role()
    {
        await using var host = await AccessHost.StartAsync(null, ("Environments:production:Fence", "postgresql://nobody:x@127.0.0.1:1/none"));
        var production = await OpenAsync(host);
        var user = await host.AddUserAsync("root", Roles.Administrator);
        var scope = await AskAsync(host, user.Id, null, production, ProductSite.Acme);

        Assert.Equal(("production", (Guid?)ProductSite.Acme, "root"), (scope.Environment, scope.Tenant, scope.Caller.Name));
        foreach (var (change, undo) in new[]
        {
            ("SET locked_at = now()", "SET locked_at = NULL"),
            ("SET roles = '{Support}'", "SET roles = '{Administrator}'"),
        })
        {
            await host.Store.Database.ExecuteAsync($"UPDATE identity.users {change}");
            await Assert.ThrowsAsync<PermissionDeniedException>(() => AskAsync(host, user.Id, null, production, ProductSite.Acme));
            await host.Store.Database.ExecuteAsync($"UPDATE identity.users {undo}");
        }

        await Assert.ThrowsAsync<PermissionDeniedException>(() => AskAsync(host, Guid.NewGuid(), null, production, ProductSite.Acme));
        await host.Store.Database.ExecuteAsync("UPDATE admin.fence_states SET standing = 'Broken'");
        await Assert.ThrowsAsync<TenantAreaClosedException>(() => AskAsync(host, user.Id, null, production, ProductSite.Acme));
    }

    [Fact]
    public async Task A_user_of_the_product_may_until_the_product_or_an_administrator_says_otherwise()
    {
        await using var site = await ProductSite.StartAsync();
        var id = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        await using var host = await AccessHost.StartAsync(null, site.As("production"));
        var production = await OpenAsync(host);
        await host.Store.Database.ExecuteAsync("INSERT INTO admin.product_sign_ins (environment_id, enabled_at, enabled_by) SELECT id, now(), 'root' FROM admin.environments");
        var caller = ProductCallers.Of(production, "production", Address, await AccountAsync(site, id))!;
        Task<TenantScope> Ask(Guid tenant) => AskAsync(host, caller.UserId, caller.Address, production, tenant);

        Assert.True((await Ask(ProductSite.Acme)).IsOwn);
        await Assert.ThrowsAsync<TenantNotFoundException>(() => Ask(ProductSite.Bolt));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => AskAsync(host, id, caller.Address, production, ProductSite.Acme));
        await site.Database.ExecuteAsync($"UPDATE users SET tenant_id = '{ProductSite.Bolt}'");
        await Assert.ThrowsAsync<TenantNotFoundException>(() => Ask(ProductSite.Acme));
        await site.Database.ExecuteAsync($"UPDATE users SET tenant_id = '{ProductSite.Acme}', role = 'USER'");
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Ask(ProductSite.Acme));
        await site.Database.ExecuteAsync("UPDATE users SET role = 'TENANT_ADMIN'");
        Assert.True((await Ask(ProductSite.Acme)).IsOwn);
        await host.Store.Database.ExecuteAsync("DELETE FROM admin.product_sign_ins");
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Ask(ProductSite.Acme));
    }

    [Fact]
    public async Task What_a_process_that_is_gone_had_under_way_is_taken_up_by_the_product_as_it_starts_and_only_for_those_who_may()
    {
        await using var fenced = await Fenced.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await using var host = await AccessHost.StartAsync(null, ("Environments:production:Fence", fenced.Database.ConnectionStringFor(fenced.Reader)));
        var production = await OpenAsync(host);
        var (root, gone) = (await host.AddUserAsync("root", Roles.Administrator), await host.AddUserAsync("gone", Roles.Support));
        var failed = (await fenced.Database.ScalarAsync<Guid[]>($"SELECT array_agg(id) FROM documents WHERE tenant_id = '{ProductSamples.TenantA}' AND status = 'ERROR'"))!;
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());
        async Task LeaveAsync(Guid run, Guid user, string name, Guid[] documents)
        {
            await host.Store.Database.ExecuteAsync($"""
                INSERT INTO admin.status_runs (id, environment_id, tenant_id, documents, expected, wanted, reason, which, started_by_id, started_by, started_at, state, claim, done, changed, step_count, step_changes)
                VALUES ('{run}', '{production}', '{ProductSamples.TenantA}', ARRAY['{string.Join("','", documents)}']::uuid[], 'error', 'uploaded', 'a reason', 'some', '{user}', '{name}', now(), 'Running', gen_random_uuid(), 0, '{"{}"}', 0, '{"{}"}')
                """);
            await Wait.UntilAsync(async _ => await host.ScalarAsync($"SELECT state FROM admin.status_runs WHERE id = '{run}'") != "Running");
        }

        await LeaveAsync(theirs, gone.Id, "gone", failed);
        Assert.Equal("Stopped 0", await host.ScalarAsync($"SELECT state || ' ' || done FROM admin.status_runs WHERE id = '{theirs}'"));
        Assert.Equal(failed.Length, await fenced.Database.ScalarAsync<long>($"SELECT count(*) FROM documents WHERE status = 'ERROR' AND tenant_id = '{ProductSamples.TenantA}'"));
        await LeaveAsync(mine, root.Id, "root", failed);

        Assert.Equal($"Done {failed.Length}", await host.ScalarAsync($"SELECT state || ' ' || cardinality(changed) FROM admin.status_runs WHERE id = '{mine}'"));
        Assert.Equal("documents.status-resumed,documents.status", await host.ScalarAsync($"SELECT string_agg(action, ',' ORDER BY sequence) FROM audit.entries WHERE correlation = '{mine}'"));
        Assert.StartsWith("stopped: 0 changed of 0 gone through", await host.ScalarAsync($"SELECT outcome FROM audit.entries WHERE correlation = '{theirs}'"), StringComparison.Ordinal);
    }

    /// <summary>The environment, fenced.</summary>
    private static async Task<Guid> OpenAsync(AccessHost host)
    {
        await Wait.UntilAsync(async _ => await host.ScalarAsync("SELECT count(*)::text FROM admin.environments") is not "0");
        await host.Store.Database.ExecuteAsync("INSERT INTO admin.fence_states (environment_id, standing, words, as_of) SELECT id, 'InForce', 'holds', now() + interval '1 hour' FROM admin.environments ON CONFLICT (environment_id) DO UPDATE SET standing = excluded.standing, as_of = excluded.as_of");
        return Guid.Parse((await host.ScalarAsync("SELECT id::text FROM admin.environments WHERE name = 'production'"))!);
    }

    private static Task<TenantScope> AskAsync(AccessHost host, Guid user, string? address, Guid environment, Guid tenant) =>
        host.Services.GetRequiredService<IAbsentAccess>().RequireAsync(user, address, Permissions.ChangeTenants, environment, tenant, CancellationToken.None);

    private static async Task<ProductAccount> AccountAsync(ProductSite site, Guid id)
    {
        await using var accounts = new ProductAccounts(MnfstRag.Postgres.Connecting.DatabaseUrl.Parse(site.SignIn).Url!, TimeProvider.System);
        return (await accounts.FindAsync(Address, CancellationToken.None)).Single(one => one.Id == id);
    }
}
