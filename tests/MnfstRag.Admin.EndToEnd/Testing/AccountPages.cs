using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MnfstRag.Admin.EndToEnd.Testing;

/// <summary>What people do on the account's pages, by the labels they read there.</summary>
internal static partial class AccountPages
{
    private static readonly PageGetByLabelOptions Exact = new() { Exact = true };

    /// <summary>Signs in by password and waits until Overview, or where they were going, is there.</summary>
    public static async Task SignInAsync(this Visitor visitor, Person person)
    {
        await visitor.EnterPasswordAsync(person);
        await visitor.Page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        await visitor.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).First.WaitForAsync();
    }

    /// <summary>Fills in the first form and sends it, whatever comes next.</summary>
    public static async Task EnterPasswordAsync(this Visitor visitor, Person person)
    {
        var page = visitor.Page;
        if (!page.Url.Contains("/account/sign-in", StringComparison.Ordinal))
        {
            await page.GotoAsync("/account/sign-in");
        }

        await page.GetByLabel("Name", Exact).FillAsync(person.Name);
        await page.GetByLabel("Password", Exact).FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true }).ClickAsync();
    }

    /// <summary>Signs out by the menu of the person.</summary>
    public static async Task SignOutAsync(this Visitor visitor)
    {
        await visitor.Page.Locator("[popovertarget=person]").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(SignInPage());
    }

    /// <summary>The administrator invites somebody, who takes the link and chooses a password.</summary>
    public static async Task<Person> InviteAsync(this DashboardFixture fixture, string name, string role, string password)
    {
        string link;
        await using (var administrator = await fixture.SignInAsync(fixture.Administrator))
        {
            link = await administrator.CreateInvitationAsync(name, role);
        }

        var invited = new Person(name, password);
        await using var visitor = await fixture.ArriveAsync();
        await visitor.TakeLinkAsync(link, password);
        await visitor.Page.WaitForURLAsync(SignInPage());
        return invited;
    }

    /// <summary>Makes the one-time link on the Users page; it is shown once.</summary>
    public static async Task<string> CreateInvitationAsync(this Visitor administrator, string name, string role)
    {
        var page = administrator.Page;
        await administrator.GoToAsync("/users");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Invite a person" }).ClickAsync();
        await page.GetByLabel("Name to sign in with").FillAsync(name);
        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = role }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the invitation link" }).ClickAsync();
        return (await page.Locator("[data-one-time-link]").InnerTextAsync()).Trim();
    }

    /// <summary>Opens a one-time link and chooses a password.</summary>
    public static async Task TakeLinkAsync(this Visitor visitor, string link, string password)
    {
        await visitor.Page.GotoAsync(link);
        await visitor.ChoosePasswordAsync(password);
    }

    /// <summary>Fills in the form that asks for a new password.</summary>
    public static async Task ChoosePasswordAsync(this Visitor visitor, string password)
    {
        await visitor.Page.GetByLabel("New password", Exact).FillAsync(password);
        await visitor.Page.GetByLabel("New password again", Exact).FillAsync(password);
        await visitor.Page.Locator("form:has(input[type=password]) button[type=submit]").ClickAsync();
    }

    /// <summary>Takes a role from somebody on the Users page.</summary>
    public static async Task TakeRoleAsync(this Visitor administrator, string name, string role)
    {
        var page = administrator.Page;
        await administrator.GoToAsync("/users");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = role }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Save the roles of {name}" }).ClickAsync();
    }

    /// <summary>Adds an authenticator app and returns its key.</summary>
    public static async Task<string> SetUpAuthenticatorAsync(this Visitor visitor, Person person, TimeProvider clock)
    {
        var page = visitor.Page;
        await visitor.GoToAsync("/account/authenticator");
        var key = await page.Locator("code").InnerTextAsync();
        await page.GetByLabel("Code of the app").FillAsync(Totp.Code(key, clock.GetUtcNow()));
        await page.GetByLabel("Your password").FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Turn the authenticator app on" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Keep these recovery codes" }).WaitForAsync();
        return key;
    }

    /// <summary>Adds a passkey to one's own account.</summary>
    public static async Task AddPasskeyAsync(this Visitor visitor, Person person, string name)
    {
        var page = visitor.Page;
        await visitor.GoToAsync("/account/passkeys");
        await page.GetByLabel("Name", Exact).FillAsync(name);
        await page.GetByLabel("Your password").FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add a passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {name}" }).WaitForAsync();
    }

    [GeneratedRegex("/account/sign-in", RegexOptions.None, 1000)]
    private static partial Regex SignInPage();
}
