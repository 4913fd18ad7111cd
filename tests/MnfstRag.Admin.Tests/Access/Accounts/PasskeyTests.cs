using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Tests.Access.Accounts;

public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_is_added_with_the_password_and_then_lets_in_without_it_even_while_the_account_rests()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        using var device = new SoftwareAuthenticator("localhost", "http://localhost");
        using var without = await AddAsync(browser, device, "not the password");
        Assert.Equal(HttpStatusCode.OK, without.StatusCode);
        using var added = await AddAsync(browser, device, AccessHost.Password);
        Assert.True(added.StatusCode == HttpStatusCode.Redirect, await FaultAsync(added));
        Assert.Contains("Laptop", (await browser.PageAsync("/account/passkeys")).Body!.InnerHtml, StringComparison.Ordinal);
        await host.Store.Database.ExecuteAsync("UPDATE identity.users SET lockout_end = now() + interval '5 minutes'");

        using var other = host.NewBrowser("198.51.100.2");
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(other, device));

        Assert.NotNull(other.Cookie(SessionCookie.Name));
        Assert.Equal("2", await host.ScalarAsync("SELECT count(*)::text FROM audit.entries WHERE action = 'account.sign-in' AND outcome = 'done'"));
    }

    [Fact]
    public async Task A_passkey_is_refused_on_another_site_without_verification_when_removed_and_when_the_account_is_locked()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        using var device = new SoftwareAuthenticator("localhost", "http://localhost");
        using var added = await AddAsync(browser, device, AccessHost.Password);
        Assert.True(added.StatusCode == HttpStatusCode.Redirect, await FaultAsync(added));
        using var foreign = new SoftwareAuthenticator("localhost", "https://evil.example");
        using var refused = await AddAsync(browser, foreign, AccessHost.Password);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);

        using var careless = host.NewBrowser("198.51.100.2");
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(careless, device, verified: false));

        var root = new Caller(Guid.NewGuid(), "root", [], new HashSet<string>());
        var accounts = host.Services.GetRequiredService<AccountService>();
        await accounts.SetLockedAsync(root, user.Id, locked: true, CancellationToken.None);
        using var locked = host.NewBrowser("198.51.100.3");
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(locked, device));

        await accounts.SetLockedAsync(root, user.Id, locked: false, CancellationToken.None);
        await accounts.ResetSecondFactorAsync(root, user.Id, CancellationToken.None);
        using var removed = host.NewBrowser("198.51.100.4");
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(removed, device));
        Assert.Null(removed.Cookie(SessionCookie.Name));
    }

    [Fact]
    public async Task Nonsense_in_place_of_a_passkey_is_refused_in_words()
    {
        await using var host = await AccessHost.StartAsync();
        using var browser = host.NewBrowser();
        foreach (var credential in new[] { "", "nonsense", "{}", "[1]" })
        {
            using var answer = await browser.SubmitAsync("/account/sign-in", "passkey", ("Passkey.Credential", credential));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, credential + await answer.Content.ReadAsStringAsync());
            Assert.NotNull((await Browser.ParseAsync(answer)).QuerySelector("[role=alert]:not([hidden])"));
        }
    }

    private static async Task<string?> FaultAsync(HttpResponseMessage answer) =>
        (await Browser.ParseAsync(answer)).QuerySelector("[role=alert]:not([hidden])")?.TextContent;

    private static async Task<HttpResponseMessage> AddAsync(Browser browser, SoftwareAuthenticator device, string password)
    {
        var page = await browser.PageAsync("/account/passkeys");
        using var options = await browser.PostAsync(AccountPaths.PasskeyCreation, [], await browser.TokenAsync("/account/passkeys"));
        var credential = device.Create(await options.Content.ReadAsStringAsync());
        return await browser.SubmitAsync(page, "/account/passkeys", "add", ("Input.Credential", credential), ("Input.Name", "Laptop"), ("Input.Password", password));
    }

    private static async Task<HttpStatusCode> SignInAsync(Browser browser, SoftwareAuthenticator device, bool verified = true)
    {
        var page = await browser.PageAsync("/account/sign-in");
        using var options = await browser.PostAsync(AccountPaths.PasskeyRequest, [], await browser.TokenAsync("/account/sign-in"));
        var credential = device.Answer(await options.Content.ReadAsStringAsync(), verified);
        using var answer = await browser.SubmitAsync(page, "/account/sign-in", "passkey", ("Passkey.Credential", credential));
        return answer.StatusCode;
    }
}
