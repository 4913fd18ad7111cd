using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Fencing;

/// <summary>The sign-in function on real servers: what it gives, to whom, and that it leaves the product alone.</summary>
public sealed class SignInTests
{
    public static TheoryData<int, ProductShape> Everywhere()
    {
        var all = new TheoryData<int, ProductShape>();
        foreach (var major in PostgresVersions.All)
        {
            all.Add(major, ProductShape.Migrations);
            all.Add(major, ProductShape.Guide);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task The_users_of_one_address_are_given_with_their_hashes_to_the_sign_in_role_alone(int major, ProductShape shape)
    {
        await using var product = await SignInProduct.StartAsync(major, shape);
        var state = await product.Inspector.InspectAsync(CancellationToken.None);
        Assert.True(state.Standing == FenceStanding.InForce, state.Words);
        await using var accounts = new ProductAccounts(product.SignIn, TimeProvider.System);

        var ada = Assert.Single(await accounts.FindAsync("a1@example.org", CancellationToken.None));
        var upper = Assert.Single(await accounts.FindAsync("A1@Example.ORG", CancellationToken.None));
        var super = Assert.Single(await accounts.FindAsync("super@example.org", CancellationToken.None));

        Assert.Equal((ProductSamples.TenantA, "tenant_admin", "hash of a"), (ada.Tenant, ada.Role, ada.Hash));
        Assert.Equal(ada, upper);
        Assert.Equal(((Guid?)null, "superadmin"), (super.Tenant, super.Role));
        Assert.Empty(await accounts.FindAsync("nobody@example.org", CancellationToken.None));
        Assert.Empty(await accounts.FindAsync("%' OR true --", CancellationToken.None));

        await using var reader = new NpgsqlConnection(product.Fenced.Database.ConnectionStringFor(product.Role));
        await reader.OpenAsync();
        foreach (var forbidden in new[]
        {
            "SELECT 1 FROM users", "SELECT password_hash FROM users", "SELECT 1 FROM tenants", "UPDATE users SET name = ''", $"SET ROLE \"{product.Names.Owner}\"",
            $"CREATE FUNCTION \"{product.Names.Schema}\".more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => reader.RunAsync(forbidden));
            Assert.Equal("42501", refusal.SqlState);
        }

        await using var stranger = await product.Fenced.OpenAsReaderAsync();
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => stranger.RunAsync($"SELECT * FROM \"{product.Names.Schema}\".accounts('a1@example.org')"))).SqlState);
    }

    [Fact]
    public async Task Tables_that_shadow_the_products_are_not_read()
    {
        await using var product = await SignInProduct.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await using var reader = new NpgsqlConnection(product.Fenced.Database.ConnectionStringFor(product.Role));
        await reader.OpenAsync();
        await reader.RunAsync("""
            CREATE TEMP TABLE users (id uuid, tenant_id uuid, role text, password_hash text, email text);
            INSERT INTO users VALUES (md5('x')::uuid, NULL, 'superadmin', 'mine', 'a1@example.org');
            CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql AS 'SELECT ''superadmin''';
            SET search_path = pg_temp, pg_catalog;
            """);

        await using var ask = new NpgsqlCommand($"SELECT role || ' ' || hash FROM \"{product.Names.Schema}\".accounts('a1@example.org')", reader);

        Assert.Equal("tenant_admin hash of a", await ask.ExecuteScalarAsync());
    }

    [Fact]
    public async Task At_most_six_users_of_a_shared_address_are_given_and_those_who_administer_come_first()
    {
        await using var product = await SignInProduct.StartAsync(14, ProductShape.Migrations);
        await product.Fenced.Database.ExecuteAsync("""
            INSERT INTO users SELECT md5('shared' || n)::uuid, now(), now(), 'shared@example.org', 'n', CASE WHEN n > 8 THEN 'TENANT_ADMIN' ELSE 'USER' END::userrole, 'a0000000-0000-4000-8000-000000000001', NULL, 'h' FROM generate_series(1, 10) n
            """);
        await using var accounts = new ProductAccounts(product.SignIn, TimeProvider.System);

        var found = await accounts.FindAsync("shared@example.org", CancellationToken.None);

        Assert.Equal(6, found.Count);
        Assert.Equal(["tenant_admin", "tenant_admin", "user", "user", "user", "user"], found.Select(one => one.Role));
    }

    [Fact]
    public async Task A_database_without_passwords_says_so_and_has_no_script()
    {
        await using var fenced = await Fenced.ProductAsync(PostgresVersions.Newest, ProductShape.Guide);

        var state = await new SignInInspector(fenced.Maintain, SignInScript.Names("anybody"), TimeProvider.System).InspectAsync(CancellationToken.None);

        Assert.Equal((FenceStanding.NoProduct, (FenceScript?)null), (state.Standing, state.Script));
        Assert.Contains("users has no column password_hash", state.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_alters_is_found_and_applying_again_mends_it()
    {
        await using var product = await SignInProduct.StartAsync(PostgresVersions.Newest, ProductShape.Migrations);
        await product.Fenced.Database.ExecuteAsync($"GRANT EXECUTE ON FUNCTION \"{product.Names.Schema}\".accounts(text) TO PUBLIC");
        Assert.Equal(FenceStanding.Broken, (await product.Inspector.InspectAsync(CancellationToken.None)).Standing);
        await product.Fenced.Database.ExecuteAsync($"GRANT SELECT ON users TO \"{product.Names.Reader}\"");

        var refused = await product.ApplyAsync();
        await product.Fenced.Database.ExecuteAsync($"REVOKE SELECT ON users FROM \"{product.Names.Reader}\"");
        var applied = await product.ApplyAsync();

        Assert.False(refused.Done);
        Assert.Contains("has rights on a table outside", refused.Words, StringComparison.Ordinal);
        Assert.True(applied.Done, applied.Words);
        Assert.Equal(FenceStanding.InForce, (await product.Inspector.InspectAsync(CancellationToken.None)).Standing);
    }

    [Theory]
    [InlineData(ProductShape.Migrations)]
    [InlineData(ProductShape.Guide)]
    public async Task Removed_it_leaves_nothing_behind_and_stands_beside_the_fence(ProductShape shape)
    {
        await using var product = await SignInProduct.StartAsync(PostgresVersions.Newest, shape);
        Assert.True((await product.Fenced.ApplyAsync()).Done);
        Assert.Equal(FenceStanding.InForce, (await product.Fenced.Inspector.InspectAsync(CancellationToken.None)).Standing);
        Assert.Equal(FenceStanding.InForce, (await product.Inspector.InspectAsync(CancellationToken.None)).Standing);

        var removed = await new FenceInstaller(product.Fenced.Maintain, TimeProvider.System).ApplyAsync(SignInScript.Remove(product.Names), CancellationToken.None);

        Assert.True(removed.Done, removed.Words);
        Assert.Equal("0", await product.Fenced.Database.ScalarAsync<string>($"""
            SELECT ((SELECT count(*) FROM pg_namespace WHERE nspname = '{product.Names.Schema}') + (SELECT count(*) FROM pg_roles WHERE rolname = '{product.Names.Owner}')
              + (SELECT count(*) FROM pg_policy WHERE polname = 'mnfst_admin_sign_in'))::text
            """));
        Assert.Equal(FenceStanding.InForce, (await product.Fenced.Inspector.InspectAsync(CancellationToken.None)).Standing);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task A_role_is_given_a_password_that_never_stood_in_a_statement(int major, ProductShape shape)
    {
        if (shape == ProductShape.Guide)
        {
            return;
        }

        await using var product = await SignInProduct.StartAsync(major, shape);
        // Who made the role administers it.
        var role = $"{product.Names.Reader}_made";
        await using (var maintainer = await product.Fenced.Database.OpenAsync(product.Fenced.Maintainer))
        {
            await maintainer.RunAsync($"CREATE ROLE \"{role}\" LOGIN");
        }

        var (address, fault) = await new RolePassword(product.Fenced.Maintain).RenewAsync(role, CancellationToken.None);

        Assert.Null(fault);
        var url = DatabaseUrl.Parse(address).Url!;
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(url.ToConnectionStringBuilder().ConnectionString) { Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync();
            await using var who = new NpgsqlCommand("SELECT current_user || ' in ' || current_database()", connection);
            Assert.Equal($"{role} in {product.Fenced.Database.Name}", await who.ExecuteScalarAsync());
        }

        Assert.StartsWith("SCRAM-SHA-256$4096:", await product.Fenced.Database.ScalarAsync<string>($"SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'"), StringComparison.Ordinal);
        await product.Fenced.Database.ExecuteAsync($"DROP ROLE \"{role}\"");
        var (_, refusal) = await new RolePassword(product.Fenced.Fence).RenewAsync(product.Names.Owner, CancellationToken.None);
        Assert.Contains("42501", refusal, StringComparison.Ordinal);
    }
}
