using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Passwords;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Access.ProductUsers;

/// <summary>Users of the product sign in with the product's own password, and stay for as long as the product says who they are.</summary>
public sealed class ProductSignInTests
{
    private const string Address = "anna@acme.example";

    public static TheoryData<int, ProductShape> Shapes => new()
    {
        { PostgresVersions.Newest, ProductShape.Migrations },
        { PostgresVersions.Newest, ProductShape.Guide },
        { PostgresVersions.All[0], ProductShape.Migrations },
        { PostgresVersions.All[0], ProductShape.Guide },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_tenant_admin_comes_in_with_a_password_that_another_bcrypt_hashed_and_is_bound_to_their_tenant(int major, ProductShape shape)
    {
        await using var site = await ProductSite.StartAsync(major, shape);
        var id = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme, ProductSite.Hash);
        var before = await site.RowsAsync();
        await using var host = await OpenAsync(null, site.As("production"));
        using var browser = host.NewBrowser();

        using var answer = await browser.SignInAsync(Address, ProductSite.Password);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotNull(browser.Cookie(SessionCookie.Name));
        using var page = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal($"production product user {id} done product TenantAdmin {ProductSite.Acme} {Address} (production)", await host.ScalarAsync(
            "SELECT environment || ' ' || object || ' ' || outcome || ' ' || (details->>'method') || ' ' || (details->>'role') || ' ' || (details->>'tenant') || ' ' || actor_name FROM audit.entries WHERE action = 'account.sign-in'"));
        Assert.Equal(before, await site.RowsAsync());
        await using var circuit = await CircuitAsync(host, site, "production", Address, id);
        var caller = await circuit.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ReadTenants);
        Assert.Equal((ProductSite.Acme, true), (caller.Binding!.Tenant, caller.IsOfProduct));
        Assert.NotEqual(id, caller.UserId);
        Assert.Equal(["production"], (await circuit.ServiceProvider.GetRequiredService<ITenantAccess>().PlacesAsync()).Select(place => place.Environment));
    }

    [Fact]
    public async Task Nobody_of_the_product_comes_in_before_an_administrator_lets_them_and_disabling_ends_their_sessions()
    {
        await using var site = await ProductSite.StartAsync();
        var id = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock, site.As("production"));
        using (var early = host.NewBrowser())
        {
            using var refused = await early.SignInAsync(Address, ProductSite.CheapPassword);
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            Assert.Null(early.Cookie(SessionCookie.Name));
        }

        await EnableAsync(host);
        using var browser = await SignedInAsync(host);
        await using var circuit = await CircuitAsync(host, site, "production", Address, id);
        Assert.True(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.ReadTenants));

        await host.Store.Database.ExecuteAsync("DELETE FROM admin.product_sign_ins");
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.ReadTenants));
        using var page = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Theory]
    [InlineData("DELETE FROM users WHERE email = 'anna@acme.example'")]
    [InlineData("UPDATE users SET role = 'USER' WHERE email = 'anna@acme.example'")]
    [InlineData("UPDATE users SET role = 'SUPERADMIN' WHERE email = 'anna@acme.example'")]
    [InlineData("UPDATE users SET password_hash = '$2b$04$Zz0Zz0Zz0Zz0Zz0Zz0Zz0uL6l59rGTDTn2/5jUw0YTcpkKk2coya6' WHERE email = 'anna@acme.example'")]
    [InlineData("UPDATE users SET tenant_id = 'b0000000-0000-4000-8000-00000000000b' WHERE email = 'anna@acme.example'")]
    [InlineData("UPDATE users SET email = 'else@acme.example' WHERE email = 'anna@acme.example'")]
    public async Task Whoever_the_product_removes_demotes_moves_or_gives_another_password_is_out_within_a_minute(string change)
    {
        await using var site = await ProductSite.StartAsync();
        var id = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await OpenAsync(clock, site.As("production"), ("Access:Revalidation", "00:00:01"));
        using var browser = await SignedInAsync(host);
        await using var circuit = await CircuitAsync(host, site, "production", Address, id, clock);
        var access = circuit.ServiceProvider.GetRequiredService<IAccess>();
        Assert.True(await access.MayAsync(Permissions.ReadTenants));
        var left = new TaskCompletionSource();
        circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>().AuthenticationStateChanged += async state =>
        {
            if ((await state).User.Identity?.IsAuthenticated != true)
            {
                left.TrySetResult();
            }
        };

        await site.Database.ExecuteAsync(change);
        clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(await access.MayAsync(Permissions.ReadTenants));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => access.RequireAsync(Permissions.CountTenants));
        using var page = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task An_address_of_several_tenants_chooses_after_the_password_and_no_name_is_shown_before()
    {
        await using var one = await ProductSite.StartAsync();
        await using var two = await ProductSite.StartAsync();
        await one.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        await one.AddAsync(Address, "tenant_admin", ProductSite.Bolt);
        await two.AddAsync(Address, "superadmin", null);
        await two.AddAsync(Address, "user", ProductSite.Bolt);
        await using var host = await OpenAsync(null, one.As("production"), two.As("quarantine"));
        using var browser = host.NewBrowser();
        using (var wrong = await browser.SignInAsync(Address, "not the password"))
        {
            var text = await wrong.Content.ReadAsStringAsync();
            Assert.DoesNotContain("production", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Acme", text, StringComparison.Ordinal);
        }

        using var early = await browser.GetAsync(AccountPaths.Tenant);
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);
        using var answer = await browser.SignInAsync(Address, ProductSite.CheapPassword, "?returnUrl=%2Ftenants");
        Assert.StartsWith($"{AccountPaths.Tenant}?returnUrl", answer.Headers.Location!.ToString().Replace("http://localhost", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null(browser.Cookie(SessionCookie.Name));
        var page = await browser.PageAsync($"{AccountPaths.Tenant}?returnUrl=%2Ftenants");

        var choices = page.QuerySelectorAll("label").Select(label => string.Join(' ', label.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(3, choices.Count);
        Assert.Contains(choices, choice => choice == "every tenant as superadmin, read only, in quarantine");
        Assert.Contains(choices, choice => choice == $"tenant {ProductSite.Bolt} as tenant admin, in production");
        var bolt = choices.FindIndex(choice => choice.Contains(ProductSite.Bolt.ToString(), StringComparison.Ordinal));
        using (var outside = await browser.SubmitAsync(page, AccountPaths.Tenant, "tenant", ("Input.Index", "7")))
        {
            Assert.Equal(HttpStatusCode.OK, outside.StatusCode);
            Assert.Null(browser.Cookie(SessionCookie.Name));
        }

        using var chosen = await browser.SubmitAsync(page, $"{AccountPaths.Tenant}?returnUrl=%2Ftenants", "tenant", ("Input.Index", bolt.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.EndsWith("/tenants", chosen.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(ProductSite.Bolt.ToString(), await host.ScalarAsync("SELECT details->>'tenant' FROM audit.entries WHERE action = 'account.sign-in' AND outcome = 'done'"));
        using var again = await browser.GetAsync(AccountPaths.Tenant);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task Five_hashes_are_tried_for_one_address_and_not_a_sixth()
    {
        await using var site = await ProductSite.StartAsync();
        for (var n = 1; n <= 6; n++)
        {
            await site.AddAsync("fifth@acme.example", "tenant_admin", ProductSite.Acme, n == 5 ? ProductSite.CheapHash : Other, new Guid($"f0000000-0000-4000-8000-00000000000{n}"));
            await site.AddAsync("sixth@acme.example", "tenant_admin", ProductSite.Acme, n == 6 ? ProductSite.CheapHash : Other, new Guid($"e0000000-0000-4000-8000-00000000000{n}"));
        }

        await using var host = await OpenAsync(null, site.As("production"));
        using var fifth = host.NewBrowser();
        using var sixth = host.NewBrowser();

        using var tried = await fifth.SignInAsync("fifth@acme.example", ProductSite.CheapPassword);
        using var untried = await sixth.SignInAsync("sixth@acme.example", ProductSite.CheapPassword);

        Assert.NotNull(fifth.Cookie(SessionCookie.Name));
        Assert.Null(sixth.Cookie(SessionCookie.Name));
    }

    [Fact]
    public async Task A_plain_user_is_told_kindly_where_their_place_is()
    {
        await using var site = await ProductSite.StartAsync();
        await site.AddAsync(Address, "user", ProductSite.Acme);
        await using var host = await OpenAsync(null, site.As("production"));

        var right = await FaultAsync(host, Address, ProductSite.CheapPassword);
        var wrong = await FaultAsync(host, Address, "not the password");

        Assert.Contains("Your chats and documents are in the product itself", right, StringComparison.Ordinal);
        Assert.DoesNotContain("product itself", wrong, StringComparison.Ordinal);
        Assert.Equal(wrong, await FaultAsync(host, "nobody@acme.example", "not the password"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi")]
    [InlineData("pbkdf2:sha256:1000$x$y")]
    [InlineData("$2b$10$!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public async Task A_hash_that_is_none_or_costs_too_much_lets_nobody_in_and_breaks_nothing(string hash)
    {
        await using var site = await ProductSite.StartAsync();
        await site.AddAsync(Address, "tenant_admin", ProductSite.Acme, hash);
        await using var host = await OpenAsync(null, site.As("production"));

        Assert.Contains("not right", await FaultAsync(host, Address, ""), StringComparison.Ordinal);
        Assert.Contains("not right", await FaultAsync(host, Address, ProductSite.CheapPassword), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_twin_of_73_bytes_is_refused()
    {
        await using var site = await ProductSite.StartAsync();
        await site.AddAsync(Address, "tenant_admin", ProductSite.Acme, "$2b$04$Zz0Zz0Zz0Zz0Zz0Zz0Zz0un0ScV/vmiTxPMgPQXIN.vYH0itQsTK6");
        await using var host = await OpenAsync(null, site.As("production"));
        var longest = new string('x', 72);

        Assert.Contains("not right", await FaultAsync(host, Address, longest + "y"), StringComparison.Ordinal);
        using var browser = host.NewBrowser();
        using var answer = await browser.SignInAsync(Address, longest);
        Assert.NotNull(browser.Cookie(SessionCookie.Name));
    }

    [Fact]
    public async Task An_address_that_nobody_has_costs_the_work_of_one_password()
    {
        await using var site = await ProductSite.StartAsync();
        await using var host = await OpenAsync(null, site.As("production"), ("Access:ConcurrentHashes", "1"), ("Access:WaitingHashes", "1"));
        using var release = new ManualResetEventSlim();
        var gate = host.Services.GetRequiredService<HashingGate>();
        var held = gate.RunAsync(() => release.Wait(TimeSpan.FromMinutes(1)));
        var waiting = gate.RunAsync(() => true);
        using var browser = host.NewBrowser();

        // It asks to be hashed, where there is no room: an answer without work would come at once.
        using var answer = await browser.SignInAsync("nobody@acme.example", "whatever it is");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        release.Set();
        Assert.True(await held && await waiting);
    }

    [Fact]
    public async Task An_address_rests_after_five_wrong_passwords_whether_anybody_has_it_or_not()
    {
        await using var site = await ProductSite.StartAsync();
        await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await OpenAsync(clock, site.As("production"), ("Access:AttemptsPerAccount", "100"), ("Access:AttemptsPerAddress", "100"));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await FaultAsync(host, Address.ToUpperInvariant(), "not the password");
        }

        Assert.Contains("not right", await FaultAsync(host, Address, ProductSite.CheapPassword), StringComparison.Ordinal);
        Assert.Equal("address rests", await host.ScalarAsync("SELECT details->>'reason' FROM audit.entries WHERE action = 'account.sign-in' ORDER BY sequence DESC LIMIT 1"));
        clock.Advance(TimeSpan.FromMinutes(5));
        using var browser = await SignedInAsync(host);
    }

    [Fact]
    public async Task A_superadmin_reads_any_tenant_of_their_environment_and_is_refused_everything_else()
    {
        await using var site = await ProductSite.StartAsync();
        await using var other = await ProductSite.StartAsync();
        var id = await site.AddAsync(Address, "superadmin", null);
        await using var host = await OpenAsync(null, site.As("production"), other.As("staging"));
        foreach (var environment in new[] { "production", "staging" })
        {
            await host.Store.Database.ExecuteAsync($"INSERT INTO admin.fence_states (environment_id, standing, words, as_of) SELECT id, 'InForce', 'holds', now() + interval '1 hour' FROM admin.environments WHERE name = '{environment}' ON CONFLICT (environment_id) DO UPDATE SET standing = excluded.standing, as_of = excluded.as_of");
        }

        await using var circuit = await CircuitAsync(host, site, "production", Address, id);
        var access = circuit.ServiceProvider.GetRequiredService<IAccess>();
        var tenants = circuit.ServiceProvider.GetRequiredService<ITenantAccess>();

        foreach (var permission in Permissions.All.Except([Permissions.CountTenants, Permissions.ReadTenants]))
        {
            Assert.False(await access.MayAsync(permission), permission);
            await Assert.ThrowsAsync<PermissionDeniedException>(() => access.RequireAsync(permission));
        }

        Assert.False((await tenants.RequireAsync(Permissions.ReadTenants, "production", ProductSite.Bolt)).IsOwn);
        await Assert.ThrowsAsync<TenantNotFoundException>(() => tenants.RequireAsync(Permissions.ReadTenants, "staging", ProductSite.Bolt));
        Assert.Equal("tenants.read", await host.ScalarAsync($"SELECT action FROM audit.entries WHERE environment = 'production' AND object = 'tenant {ProductSite.Bolt}'"));
        Assert.Null(await tenants.StateReasonAsync("production", ProductSite.Bolt, "they asked me to look"));
        Assert.True((await tenants.RequireAsync(Permissions.ReadTenants, "production", ProductSite.Bolt)).Content);
    }

    [Fact]
    public async Task Forged_claims_open_nothing()
    {
        await using var site = await ProductSite.StartAsync();
        var anna = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        var plain = await site.AddAsync("paul@acme.example", "user", ProductSite.Acme);
        await using var host = await OpenAsync(null, site.As("production"), ("Environments:staging:SignIn", site.SignIn));
        await host.Store.Database.ExecuteAsync("DELETE FROM admin.product_sign_ins USING admin.environments e WHERE e.id = environment_id AND e.name = 'staging'");
        var production = await EnvironmentAsync(host, "production");
        var staging = await EnvironmentAsync(host, "staging");
        var stamp = ProductStamp.Of(await AccountAsync(site, Address, anna));
        var plainStamp = ProductStamp.Of(await AccountAsync(site, "paul@acme.example", plain));
        var root = new Caller(anna, "root", Roles.All, Permissions.All.ToHashSet(StringComparer.Ordinal));
        foreach (var forged in new[]
        {
            new ProductIdentity(production, anna, Address, "made up"),
            new ProductIdentity(production, anna, "paul@acme.example", stamp),
            new ProductIdentity(production, Guid.NewGuid(), Address, stamp),
            new ProductIdentity(production, plain, "paul@acme.example", plainStamp),
            new ProductIdentity(staging, anna, Address, stamp),
            new ProductIdentity(Guid.NewGuid(), anna, Address, stamp),
        })
        {
            await using var circuit = Open(host, ProductClaims.Session(forged, root, TimeProvider.System.GetUtcNow()));
            Assert.False(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.CountTenants), forged.ToString());
        }

        // Claims of every role and permission are the page's alone: services ask the product.
        await using var mighty = Open(host, ProductClaims.Session(new ProductIdentity(production, anna, Address, stamp), root, TimeProvider.System.GetUtcNow()));
        Assert.True(await mighty.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.ReadTenants));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => mighty.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ManageUsers));
    }

    [Fact]
    public async Task A_user_of_the_product_who_has_the_id_of_an_administrator_is_not_that_administrator()
    {
        await using var site = await ProductSite.StartAsync();
        await using var host = await OpenAsync(null, site.As("production"));
        var admin = await host.AddUserAsync("root", Roles.Administrator);
        await site.AddAsync(Address, "tenant_admin", ProductSite.Acme, id: admin.Id);
        using var browser = await SignedInAsync(host);

        await using var circuit = await CircuitAsync(host, site, "production", Address, admin.Id);
        var caller = await circuit.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.CountTenants);

        Assert.NotEqual(admin.Id, caller.UserId);
        Assert.False(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.ManageUsers));
        using var page = await browser.GetAsync("/account/manage");
        Assert.Contains("an account of the product", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_that_is_away_shows_nothing_ends_no_session_and_is_said_so_at_the_door()
    {
        await using var site = await ProductSite.StartAsync();
        var id = await site.AddAsync(Address, "tenant_admin", ProductSite.Acme);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await OpenAsync(clock, site.As("production"));
        using var browser = await SignedInAsync(host);
        await using var circuit = await CircuitAsync(host, site, "production", Address, id, clock);
        Assert.True(await circuit.ServiceProvider.GetRequiredService<IAccess>().MayAsync(Permissions.ReadTenants));

        await site.Database.Server.ExecuteAsync($"ALTER DATABASE \"{site.Database.Name}\" ALLOW_CONNECTIONS false");
        await site.Database.Server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{site.Database.Name}'");
        clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<TenantAreaClosedException>(() => circuit.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ReadTenants));
        using var page = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("does not answer at this moment", await FaultAsync(host, Address, ProductSite.CheapPassword), StringComparison.Ordinal);

        await site.Database.Server.ExecuteAsync($"ALTER DATABASE \"{site.Database.Name}\" ALLOW_CONNECTIONS true");
        Assert.NotNull(await circuit.ServiceProvider.GetRequiredService<IAccess>().RequireAsync(Permissions.ReadTenants));
    }

    private const string Other = "$2b$04$Zz0Zz0Zz0Zz0Zz0Zz0Zz0uL6l59rGTDTn2/5jUw0YTcpkKk2coya6";

    /// <summary>A host in which the product's users are let in everywhere.</summary>
    private static async Task<AccessHost> OpenAsync(TimeProvider? clock, params (string Key, string? Value)[] settings)
    {
        var host = await AccessHost.StartAsync(clock, settings);
        await EnableAsync(host);
        return host;
    }

    private static async Task EnableAsync(AccessHost host)
    {
        await Wait.UntilAsync(async _ => await host.ScalarAsync("SELECT count(*)::text FROM admin.environments") is not "0");
        await host.Store.Database.ExecuteAsync("INSERT INTO admin.product_sign_ins (environment_id, enabled_at, enabled_by) SELECT id, now(), 'root' FROM admin.environments");
    }

    private static async Task<Browser> SignedInAsync(AccessHost host)
    {
        var browser = host.NewBrowser();
        using var answer = await browser.SignInAsync(Address, ProductSite.CheapPassword);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotNull(browser.Cookie(SessionCookie.Name));
        return browser;
    }

    private static async Task<string> FaultAsync(AccessHost host, string name, string password)
    {
        using var browser = host.NewBrowser();
        using var answer = await browser.SignInAsync(name, password);
        Assert.Null(browser.Cookie(SessionCookie.Name));
        return (await Browser.ParseAsync(answer)).QuerySelector("[role=alert]")!.TextContent.Trim();
    }

    private static async Task<Guid> EnvironmentAsync(AccessHost host, string name) =>
        Guid.Parse((await host.ScalarAsync($"SELECT id::text FROM admin.environments WHERE name = '{name}'"))!);

    private static async Task<ProductAccount> AccountAsync(ProductSite site, string address, Guid id)
    {
        await using var accounts = new ProductAccounts(MnfstRag.Postgres.Connecting.DatabaseUrl.Parse(site.SignIn).Url!, TimeProvider.System);
        return (await accounts.FindAsync(address, CancellationToken.None)).Single(one => one.Id == id);
    }

    /// <summary>An open page of a user of the product.</summary>
    private static async Task<AsyncServiceScope> CircuitAsync(AccessHost host, ProductSite site, string environment, string address, Guid id, TimeProvider? clock = null)
    {
        var where = await EnvironmentAsync(host, environment);
        var account = await AccountAsync(site, address, id);
        var caller = ProductCallers.Of(where, environment, address, account)!;
        return Open(host, ProductClaims.Session(new ProductIdentity(where, id, address, ProductStamp.Of(account)), caller, (clock ?? TimeProvider.System).GetUtcNow()));
    }

    private static AsyncServiceScope Open(AccessHost host, ClaimsPrincipal principal)
    {
        var circuit = host.Services.CreateAsyncScope();
        ((IHostEnvironmentAuthenticationStateProvider)circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        return circuit;
    }
}
