using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Accounts;

[Collection(DashboardCollection.Name)]
public sealed class SignInTests(DashboardFixture fixture)
{
    private static readonly Regex SignInPage = new("/account/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1));

    [BrowserFact]
    public async Task A_page_asks_for_a_sign_in_and_is_shown_afterwards()
    {
        await using var visitor = await fixture.ArriveAsync();
        await visitor.Page.GotoAsync("/connections?find=kept");
        await visitor.Page.WaitForURLAsync(SignInPage);
        await visitor.SignInAsync(fixture.Administrator);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Connections", Level = 1 })).ToBeVisibleAsync();
        Assert.Contains("find=kept", visitor.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_wrong_password_is_refused_in_words_that_tell_nothing_of_the_account()
    {
        await using var visitor = await fixture.ArriveAsync();
        await visitor.EnterPasswordAsync(fixture.Administrator with { Password = "not this one at all" });
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        var known = await visitor.Page.GetByRole(AriaRole.Alert).InnerTextAsync();
        await visitor.EnterPasswordAsync(new Person("nobody", "not this one at all"));
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(known);
    }

    [BrowserFact]
    public async Task After_signing_out_a_page_asks_for_a_sign_in_again()
    {
        await using var visitor = await fixture.SignInAsync(fixture.Administrator);
        await visitor.SignOutAsync();
        await visitor.Page.GotoAsync("/connections");
        await visitor.Page.WaitForURLAsync(SignInPage);
    }
}
