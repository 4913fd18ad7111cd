using Microsoft.Playwright;
using MnfstRag.Admin.EndToEnd.Testing;
using static Microsoft.Playwright.Assertions;

namespace MnfstRag.Admin.EndToEnd.Accounts;

[Collection(DashboardCollection.Name)]
public sealed class PasskeyTests(DashboardFixture fixture)
{
    [BrowserFact]
    public async Task A_passkey_is_added_and_signs_in_without_a_name_or_a_password()
    {
        var person = await fixture.InviteAsync("pia", "Support", "two silver spoons ringing");
        await using var visitor = await fixture.SignInAsync(person);
        await PlugInAuthenticatorAsync(visitor.Page);
        await visitor.AddPasskeyAsync(person, "A virtual key");
        await visitor.GoToAsync("/");
        await visitor.SignOutAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in with a passkey" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Overview", Level = 1 })).ToBeVisibleAsync();
    }

    // Chromium's own stand-in for a fingerprint reader: it says yes to everything.
    private static async Task PlugInAuthenticatorAsync(IPage page)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("WebAuthn.enable");
        await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
