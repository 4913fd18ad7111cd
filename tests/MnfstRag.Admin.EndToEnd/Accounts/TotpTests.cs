using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Accounts;

[Collection(DashboardCollection.Name)]
public sealed class TotpTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task With_an_authenticator_app_a_sign_in_needs_its_code()
    {
        var person = await fixture.InviteAsync("tess", "Support", "four copper kites aloft");
        string key;
        await using (var setting = await fixture.SignInAsync(person))
        {
            key = await setting.SetUpAuthenticatorAsync(person, TimeProvider.System);
        }

        await using var visitor = await fixture.ArriveAsync();
        await visitor.EnterPasswordAsync(person);
        var code = visitor.Page.GetByLabel("Code", new PageGetByLabelOptions { Exact = true });
        await Expect(code).ToBeVisibleAsync();

        // The password alone opens nothing.
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/account/sign-in", RegexOptions.None, TimeSpan.FromSeconds(1)));

        // A code is good once: the one that turned the app on is spent, the next one is not.
        await visitor.EnterPasswordAsync(person);
        await code.FillAsync(Totp.Code(key, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30)));
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview", Level = 1 })).ToBeVisibleAsync();
    }
}
