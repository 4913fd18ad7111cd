using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Tests.Components.Layout;

public sealed class NavigationTests : BunitContext
{
    private static readonly Dictionary<string, Guid> Ids = new(StringComparer.Ordinal)
    {
        ["development"] = Guid.NewGuid(),
        ["production"] = Guid.NewGuid(),
        ["staging"] = Guid.NewGuid(),
    };

    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));

    public NavigationTests()
    {
        _watches.Update([Environment("development"), Environment("production")]);
        Services.AddSingleton(_watches);
        Services.AddSingleton<IAccess>(new GrantedAccess(Permissions.Watch));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<PageRange>();
    }

    [Fact]
    public async Task Only_pages_that_would_open_are_offered()
    {
        var support = await new NavPages(new GrantedAccess(Permissions.Watch)).AllowedAsync();
        Assert.Equal(NavPages.All.Where(page => page.Permission == Permissions.Watch).Select(page => page.Title), support.Select(page => page.Title));
        Assert.Empty(await new NavPages(new GrantedAccess()).AllowedAsync());
    }

    [Fact]
    public void The_page_shown_is_marked_and_links_keep_the_environment()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/connections?environment=production&state=idle");
        var cut = Render<NavMenu>(parameters => parameters.Add(menu => menu.Pages, NavPages.All));
        var current = Assert.Single(cut.FindAll("[aria-current=page]"));
        Assert.Equal("/connections?environment=production", current.GetAttribute("href"));
    }

    [Fact]
    public void Links_between_pages_that_have_a_range_keep_it()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/connections?environment=production&range=24h");
        var links = Render<NavMenu>(parameters => parameters.Add(menu => menu.Pages, NavPages.All)).FindAll("li a").Select(link => link.GetAttribute("href")).ToList();
        Assert.Contains("/connections?environment=production&range=24h", links);
        Assert.Contains("/?range=24h", links);
        Assert.Contains("/audit", links);
    }

    [Fact]
    public void The_switcher_says_how_each_environment_fares()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/?environment=production");
        var cut = Render<EnvironmentSwitcher>();
        Assert.Equal("production", cut.Find(".environment-button .environment-name").TextContent);
        Assert.Equal(["connecting", "connecting"], cut.FindAll(".menu-item .environment-words").Select(words => words.TextContent));
    }

    [Fact]
    public void Choosing_another_environment_shows_this_page_for_it()
    {
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/connections?environment=production");
        Render<EnvironmentSwitcher>().FindAll(".menu-item")[0].Click();
        Assert.Equal("http://localhost/connections?environment=development", navigation.Uri);
    }

    [Fact]
    public void An_environment_that_came_is_offered_at_once()
    {
        var cut = Render<EnvironmentSwitcher>();
        _watches.Update([Environment("development"), Environment("production"), Environment("staging")]);
        cut.WaitForAssertion(() => Assert.Equal(3, cut.FindAll(".menu-item").Count));
    }

    [Fact]
    public void A_caller_who_may_not_watch_is_told_of_no_environment()
    {
        Services.AddSingleton<IAccess>(new GrantedAccess());
        Assert.Equal("", Render<EnvironmentSwitcher>().Markup.Trim());
    }

    [Fact]
    public void A_tab_can_be_held_still_and_go_on()
    {
        var pause = new Pause();
        Services.AddSingleton(pause);
        var cut = Render<PauseButton>();
        cut.Find("button").Click();
        Assert.True(pause.IsOn);
        Assert.Equal("Paused", cut.Find(".pause-words").TextContent);
        cut.Find("button").Click();
        Assert.Equal("Live", cut.Find(".pause-words").TextContent);
    }

    private static WatchedEnvironment Environment(string name) => new(Ids[name], name, new HashSet<CredentialKind>());
}
