using System.Net;
using System.Security.Cryptography;
using AngleSharp.Dom;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Tests.Access.Accounts;

public sealed class SecondFactorTests
{
    [Fact]
    public async Task An_authenticator_app_is_set_up_asked_for_and_each_code_works_once()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna", Roles.Administrator);
        using var browser = await host.SignedInAsync("anna");
        var (key, _) = await TurnOnAsync(browser);
        Assert.DoesNotContain(key, await host.ScalarAsync("SELECT string_agg(value, ' ') FROM identity.user_tokens"), StringComparison.OrdinalIgnoreCase);

        using var second = host.NewBrowser("198.51.100.2");
        using var step = await second.SignInAsync("anna", AccessHost.Password);
        Assert.EndsWith("/account/second-factor", step.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Null(second.Cookie(SessionCookie.Name));
        using var wrong = await second.SubmitAsync("/account/second-factor", "code", ("Input.Code", "000000"));
        Assert.NotNull((await Browser.ParseAsync(wrong)).QuerySelector("[role=alert]"));
        var code = CodeOf(key);
        using var right = await second.SubmitAsync("/account/second-factor", "code", ("Input.Code", code));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.NotNull(second.Cookie(SessionCookie.Name));

        using var thief = host.NewBrowser("198.51.100.3");
        using var known = await thief.SignInAsync("anna", AccessHost.Password);
        using var again = await thief.SubmitAsync("/account/second-factor", "code", ("Input.Code", code));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Null(thief.Cookie(SessionCookie.Name));
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        var (_, codes) = await TurnOnAsync(browser);
        Assert.Equal(10, codes.Count);

        foreach (var expected in new[] { HttpStatusCode.Redirect, HttpStatusCode.OK })
        {
            using var other = host.NewBrowser("198.51.100.2");
            using var step = await other.SignInAsync("anna", AccessHost.Password);
            using var answer = await other.SubmitAsync("/account/second-factor", "recovery", ("Recovery.Code", codes[3]));
            Assert.Equal(expected, answer.StatusCode);
        }

        Assert.Contains("9 of 10", (await browser.PageAsync("/account/manage")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_it_off_asks_for_the_password()
    {
        await using var host = await AccessHost.StartAsync();
        await host.AddUserAsync("anna");
        using var browser = await host.SignedInAsync("anna");
        await TurnOnAsync(browser);

        using var wrong = await browser.SubmitAsync("/account/authenticator", "off", ("Off.Password", "not the password"));
        Assert.Contains("not right", (await Browser.ParseAsync(wrong)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var right = await browser.SubmitAsync("/account/authenticator", "off", ("Off.Password", AccessHost.Password));
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);

        using var other = await host.SignedInAsync("anna", "198.51.100.2");
    }

    [Fact]
    public async Task The_page_of_the_second_factor_leads_nowhere_without_the_password()
    {
        await using var host = await AccessHost.StartAsync();
        using var browser = host.NewBrowser();
        using var answer = await browser.GetAsync("/account/second-factor");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<(string Key, IReadOnlyList<string> Codes)> TurnOnAsync(Browser browser)
    {
        var page = await browser.PageAsync("/account/authenticator");
        Assert.StartsWith("data:image/svg+xml", page.QuerySelector("img")!.GetAttribute("src"), StringComparison.Ordinal);
        var key = page.QuerySelector("code")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        using var answer = await browser.SubmitAsync(page, "/account/authenticator", "on", ("Input.Code", CodeOf(key, stepsBack: 1)), ("Input.Password", AccessHost.Password));
        var shown = await Browser.ParseAsync(answer);
        return (key, [.. shown.QuerySelectorAll("ul.codes li").Select(item => item.TextContent)]);
    }

    /// <summary>RFC 6238: six digits, thirty seconds, SHA-1.</summary>
    private static string CodeOf(string base32, int stepsBack = 0)
    {
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) - stepsBack));
        var bits = string.Concat(base32.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2)).ToArray();
#pragma warning disable CA5350 // What authenticator apps compute.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = ((hash[at] & 0x7F) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
