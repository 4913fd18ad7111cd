using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Tests.Access.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task A_right_password_opens_the_page_that_was_asked_for_and_is_audited()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna", Roles.Administrator);
        using var browser = host.NewBrowser();

        using var refused = await browser.GetAsync("/connections");
        Assert.Equal("/account/sign-in?returnUrl=%2Fconnections", refused.Headers.Location!.PathAndQuery);
        using var answer = await browser.SignInAsync("anna", AccessHost.Password, "?returnUrl=%2Fconnections");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/connections", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.NotNull(browser.Cookie(SessionCookie.Name));
        using var page = await browser.GetAsync("/connections");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("user anna done pwd", await host.ScalarAsync(
            "SELECT object || ' ' || outcome || ' ' || (details->>'method') FROM audit.entries WHERE action = 'account.sign-in'"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/account/sign-out")]
    public async Task Nobody_is_sent_to_another_site_after_signing_in(string url)
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = host.NewBrowser();

        using var answer = await browser.SignInAsync("anna", AccessHost.Password, "?returnUrl=" + Uri.EscapeDataString(url));

        Assert.Equal("http://localhost/", new Uri(new Uri("http://localhost/"), answer.Headers.Location!).ToString());
    }

    [Fact]
    public async Task A_post_without_the_forms_token_changes_nothing()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = host.NewBrowser();
        await browser.PageAsync("/account/sign-in");

        using var answer = await browser.PostAsync("/account/sign-in", new Dictionary<string, string>
        {
            ["_handler"] = "password", ["Input.Name"] = "anna", ["Input.Password"] = AccessHost.Password,
        });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(browser.Cookie(SessionCookie.Name));

        using var signedIn = await host.SignedInAsync("anna");
        using var signOut = await signedIn.PostAsync(AccountPaths.SignOut, []);
        Assert.False(signOut.IsSuccessStatusCode);
        using var still = await signedIn.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var foreign = await signedIn.PostAsync(AccountPaths.SignOut, [], await signedIn.TokenAsync("/account/password"), "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");

        using var answer = await browser.PostAsync(AccountPaths.SignOut, [], await browser.TokenAsync("/account/password"));

        Assert.Equal(AccountPaths.SignIn, answer.Headers.Location!.ToString());
        using var page = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_read_the_same_and_account_pages_are_never_kept()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");

        var wrong = await FaultAsync(host, "anna", "wrong but long enough");
        var unknown = await FaultAsync(host, "nobody", "wrong but long enough");

        Assert.NotNull(wrong);
        Assert.Equal(wrong, unknown);
        using var browser = host.NewBrowser();
        using var page = await browser.GetAsync("/account/sign-in");
        Assert.True(page.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task An_account_rests_after_five_wrong_passwords_even_for_the_right_one_and_wakes_up()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock, ("Access:AttemptsPerAccount", "100"));
        await host.AddUserAsync("anna");
        await host.AddUserAsync("bert");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.NotNull(await FaultAsync(host, "anna", "wrong but long enough"));
        }

        Assert.Equal("user anna", await host.ScalarAsync("SELECT object FROM audit.entries WHERE action = 'account.rest'"));
        Assert.NotNull(await FaultAsync(host, "anna", AccessHost.Password));
        using var bert = await host.SignedInAsync("bert");

        // Identity's lockout reads the machine's clock.
        await host.Store.Database.ExecuteAsync("UPDATE identity.users SET lockout_end = now() - interval '1 second'");
        using var anna = await host.SignedInAsync("anna");
    }

    [Fact]
    public async Task Parallel_wrong_passwords_all_count()
    {
        await using var host = await AccessHost.StartAsync(null, ("Access:AttemptsPerAccount", "1000"), ("Access:AttemptsPerAddress", "1000"), ("Access:WaitingHashes", "100"));
        await host.AddUserAsync("anna");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FaultAsync(host, "anna", "wrong but long enough")));

        Assert.NotNull(await host.ScalarAsync("SELECT lockout_end::text FROM identity.users"));
    }

    [Fact]
    public async Task Two_hundred_wrong_passwords_at_once_are_turned_away_and_others_still_come_in()
    {
        await using var host = await AccessHost.StartAsync(null, ("Access:BcryptCost", "12"));
        await host.AddUserAsync("anna");
        await host.AddUserAsync("bert");
        using var browser = host.NewBrowser("203.0.113.9");
        var page = await browser.PageAsync("/account/sign-in");

        var flood = Enumerable.Range(0, 200).Select(async _ =>
        {
            using var answer = await browser.SubmitAsync(page, "/account/sign-in", "password", ("Input.Name", "anna"), ("Input.Password", "wrong but long enough"));
            return answer.StatusCode;
        }).ToList();
        using var bert = await host.SignedInAsync("bert", "198.51.100.7");
        var answers = await Task.WhenAll(flood);

        Assert.InRange(answers.Count(code => code == HttpStatusCode.OK), 1, 10);
        Assert.True(answers.Count(code => code == HttpStatusCode.TooManyRequests) >= 190);
        Assert.NotNull(bert.Cookie(SessionCookie.Name));
    }

    [Fact]
    public async Task A_password_kept_at_a_lower_cost_is_renewed_at_sign_in_and_other_sessions_stay()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var first = await host.SignedInAsync("anna");
        await host.Store.Database.ExecuteAsync($"UPDATE identity.users SET password_hash = '{BCrypt.Net.BCrypt.HashPassword(AccessHost.Password, 4)}'");

        using var second = await host.SignedInAsync("anna");

        Assert.StartsWith("$2b$10$", await host.ScalarAsync("SELECT password_hash FROM identity.users"), StringComparison.Ordinal);
        using var page = await first.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_planted_hash_of_cost_31_lets_nobody_in_and_holds_nobody_up()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        await host.Store.Database.ExecuteAsync("UPDATE identity.users SET password_hash = '$2b$31$abcdefghijklmnopqrstuuabcdefghijklmnopqrstuvabcdefghi'");

        Assert.NotNull(await FaultAsync(host, "anna", AccessHost.Password).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_session_ends_at_the_absolute_limit_however_much_it_is_used()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock, ("Access:IdleLimit", "00:30:00"), ("Access:AbsoluteLimit", "02:00:00"));
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        for (var minutes = 0; minutes < 100; minutes += 20)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            using var page = await browser.GetAsync("/account/manage");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        clock.Advance(TimeSpan.FromMinutes(21));
        using var late = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task A_session_not_used_for_the_idle_limit_ends()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock, ("Access:IdleLimit", "00:30:00"));
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");

        clock.Advance(TimeSpan.FromMinutes(31));

        using var late = await browser.GetAsync("/account/manage");
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task The_first_administrator_comes_in_with_a_one_time_password_and_sees_nothing_before_changing_it()
    {
        await using var host = await AccessHost.StartAsync();
        var first = host.Services.GetRequiredService<FirstAdministrator>();
        Assert.Null(await first.PrepareAsync(["http://0.0.0.0:5080"]));
        Assert.Null(await first.PrepareAsync(["http://localhost:5080", "http://*:5081"]));
        var old = await first.PrepareAsync(["http://localhost:5080", "http://127.0.0.1:1", "http://[::1]:2"]);
        var password = await first.PrepareAsync(["http://localhost:5080"]);
        Assert.NotNull(await FaultAsync(host, "admin", old!));
        Assert.InRange(password!.Length, 20, 72);

        using var browser = host.NewBrowser();
        using var signIn = await browser.SignInAsync("admin", password);
        using var page = await browser.GetAsync("/connections");
        Assert.StartsWith("/account/password", page.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var weak = await browser.SubmitAsync("/account/password", "password", ("Input.New", "Password1234"), ("Input.Repeated", "Password1234"));
        Assert.Contains("tried first", (await Browser.ParseAsync(weak)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var same = await browser.SubmitAsync("/account/password", "password", ("Input.New", password), ("Input.Repeated", password));
        Assert.Contains("is the old one", (await Browser.ParseAsync(same)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var changed = await browser.SubmitAsync("/account/password", "password", ("Input.New", "a quiet red lantern"), ("Input.Repeated", "a quiet red lantern"));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);

        using var after = await browser.GetAsync("/connections");
        Assert.NotEqual(HttpStatusCode.Redirect, after.StatusCode);
        Assert.Null(await first.PrepareAsync(["http://localhost:5080"]));
        Assert.Equal("admin", await host.ScalarAsync("SELECT actor_name FROM audit.entries WHERE action = 'account.password'"));
    }

    [Fact]
    public async Task A_one_time_password_ends_after_a_day()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AccessHost.StartAsync(clock);
        var password = await host.Services.GetRequiredService<FirstAdministrator>().PrepareAsync(["http://localhost:5080"]);

        clock.Advance(TimeSpan.FromHours(25));

        Assert.Contains("too old", await FaultAsync(host, "admin", password!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_has_no_way_in()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        var actor = new Caller(Guid.NewGuid(), "root", [], new HashSet<string>());

        await host.Services.GetRequiredService<AccountService>().SetLockedAsync(actor, user.Id, locked: true, CancellationToken.None);

        Assert.NotNull(await FaultAsync(host, "anna", AccessHost.Password));
        await host.Services.GetRequiredService<AccountService>().SetLockedAsync(actor, user.Id, locked: false, CancellationToken.None);
        using var again = await host.SignedInAsync("anna");
    }

    [Fact]
    public async Task Where_the_audit_row_cannot_be_written_nobody_signs_in()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        await host.Store.ExecuteAsAsync(host.Store.Owner, $"REVOKE INSERT ON audit.entries FROM \"{host.Store.Runtime.Name}\"");
        using var browser = host.NewBrowser();

        using var answer = await browser.SignInAsync("anna", AccessHost.Password);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Null(browser.Cookie(SessionCookie.Name));
    }

    private static async Task<string?> FaultAsync(AccessHost host, string name, string password)
    {
        using var browser = host.NewBrowser($"198.51.100.{Random.Shared.Next(1, 250)}");
        using var answer = await browser.SignInAsync(name, password);
        return (await Browser.ParseAsync(answer)).QuerySelector("[role=alert]")?.TextContent;
    }
}
