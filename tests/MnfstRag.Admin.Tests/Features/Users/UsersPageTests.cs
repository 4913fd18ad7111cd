using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Tests.Components;
using MnfstRag.Admin.Tests.Data;
using MudBlazor;

namespace MnfstRag.Admin.Tests.Features.Users;

public sealed class UsersPageTests : MudContext, IAsyncLifetime
{
    private TestStore _store = null!;
    private ServiceProvider _services = null!;
    private UserService _users = null!;
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        _store = await TestStore.CreateAsync();
        _services = await _store.MigratedAsync(("Access:BcryptCost", "10"));
        var accounts = _services.GetRequiredService<AccountService>();
        await accounts.CreateAdministratorAsync("ada", "a quiet blue lantern", oneTime: false, CancellationToken.None);
        var contexts = _services.GetRequiredService<IDbContextFactory<AdminDbContext>>();
        await using var context = await contexts.CreateDbContextAsync();
        var ada = new Caller((await context.Users.SingleAsync()).Id, "ada", [Roles.Administrator], Roles.PermissionsOf([Roles.Administrator]));
        _users = new UserService(new KnownCaller(ada), contexts, accounts, TimeProvider.System);
        Services.AddSingleton(_users);
        Services.AddSingleton(new TenantBindingService(new KnownCaller(ada), _services.GetRequiredService<IEnvironmentStore>(), accounts));
        _dialogs = RenderProviders();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public void Everybody_is_listed_and_the_one_who_looks_is_marked()
    {
        var page = Shown();
        Assert.Contains("ada (you)", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("can sign in", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invitation_shows_its_link_once_with_a_button_that_copies_it()
    {
        var page = Shown();
        Press(page, "Invite a person");
        page.WaitForElement("form input[type=text]").Change("grace");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Invitation for grace", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        var link = page.Find("[data-one-time-link]").TextContent;
        Assert.StartsWith("http://localhost/account/invitation?token=", link, StringComparison.Ordinal);
        Assert.Equal(link, page.Find("[data-copy]").GetAttribute("data-copy"));
        page.WaitForAssertion(() => Assert.Contains("invited", Row(page, "grace").TextContent, StringComparison.Ordinal));

        Press(page, "Hide the link");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-one-time-link]")));
    }

    [Fact]
    public void An_invitation_that_cannot_be_made_says_why_and_keeps_what_was_typed()
    {
        var page = Shown();
        Press(page, "Invite a person");
        page.WaitForElement("form input[type=text]").Change("ada");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("ada", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        page.WaitForAssertion(() => Assert.Equal("ada", page.Find("form input[type=text]").GetAttribute("value")));
    }

    [Fact]
    public async Task Locking_somebody_asks_first_names_them_and_is_done_only_when_confirmed()
    {
        var grace = await JoinAsync("grace");
        var page = Shown(grace);
        Press(page, "Lock grace");
        _dialogs.WaitForAssertion(() => Assert.Contains("Lock grace?", _dialogs.Markup, StringComparison.Ordinal));
        _dialogs.FindAll("button").Single(button => button.TextContent == "Keep it as it is").Click();
        Assert.Equal(UserState.Active, (await StateAsync(grace)));

        Press(page, "Lock grace");
        _dialogs.WaitForAssertion(() => Assert.Contains("Lock grace?", _dialogs.Markup, StringComparison.Ordinal));
        _dialogs.FindAll("button").Single(button => button.TextContent == "Lock grace").Click();
        page.WaitForAssertion(() => Assert.Contains("grace is locked.", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal(UserState.Locked, (await StateAsync(grace)));
        page.WaitForAssertion(() => Assert.Contains("locked", Row(page, "grace").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Roles_are_saved_once_they_differ_and_the_page_says_what_is_held_now()
    {
        var grace = await JoinAsync("grace");
        var page = Shown(grace);
        Assert.True(Button(page, "Save the roles of grace").HasAttribute("disabled"));
        page.FindAll("aside input[type=checkbox]")[0].Change(true);
        page.WaitForAssertion(() => Assert.False(Button(page, "Save the roles of grace").HasAttribute("disabled")));
        Press(page, "Save the roles of grace");
        page.WaitForAssertion(() => Assert.Contains("grace now holds: Administrator, Support.", page.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Ones_own_account_offers_no_way_to_lock_or_remove_it()
    {
        var ada = (await _users.ListAsync()).Single().Id;
        var page = Shown(ada);
        Assert.Contains("This is your own account", page.Find("aside").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("aside button"), button => button.TextContent is "Lock ada" or "Remove ada");
    }

    private async Task<Guid> JoinAsync(string name)
    {
        var invitation = await _users.InviteAsync(name, [Roles.Support]);
        Assert.Null((await _services.GetRequiredService<AccountService>().UseLinkAsync(invitation.Token!, "a quiet green lantern", CancellationToken.None)).Fault);
        return (await _users.ListAsync()).Single(user => user.Name == name).Id;
    }

    private async Task<UserState> StateAsync(Guid id) => (await _users.ListAsync()).Single(user => user.Id == id).State;

    private IRenderedComponent<UsersPage> Shown(Guid? open = null)
    {
        if (open is { } id)
        {
            Services.GetRequiredService<NavigationManager>().NavigateTo($"/users?user={id}");
        }

        var page = Render<UsersPage>();
        page.WaitForElement(open is null ? "tbody tr" : "aside", TimeSpan.FromSeconds(10));
        return page;
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<UsersPage> page, string name) =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent.Trim() == name);

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<UsersPage> page, string words) => page.FindAll("button").Single(button => button.TextContent == words);

    private static void Press(IRenderedComponent<UsersPage> page, string words) => Button(page, words).Click();
}
