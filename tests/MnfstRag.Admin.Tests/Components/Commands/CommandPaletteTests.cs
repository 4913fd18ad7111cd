using Bunit.TestDoubles;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components.Commands;

namespace MnfstRag.Admin.Tests.Components.Commands;

public sealed class CommandPaletteTests : BunitContext
{
    private readonly PaletteState _state = new();
    private int _ran;

    public CommandPaletteTests()
    {
        Services.AddSingleton(_state);
        Services.AddSingleton<ICommandSource>(new Listed(
            new Command("Overview", "Page", "/"),
            new Command("Connections", "Page", "/connections"),
            new Command("Verify the audit log", "Action", Run: () => { _ran++; return Task.CompletedTask; }),
            new Command("Manage account", "Page", "/account/manage")));
    }

    [Fact]
    public void It_holds_nothing_while_closed() => Assert.Equal("", Render<CommandPalette>().Markup.Trim());

    [Fact]
    public void It_opens_with_everything_and_the_first_chosen()
    {
        var cut = OpenPalette();
        Assert.Equal(4, cut.FindAll("[role=option]").Count);
        Assert.Equal("Overview", Chosen(cut));
        Assert.Equal("palette-0", cut.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
    }

    [Fact]
    public void Arrows_choose_and_go_round()
    {
        var cut = OpenPalette();
        Press(cut, "ArrowDown");
        Assert.Equal("Connections", Chosen(cut));
        Press(cut, "ArrowUp");
        Press(cut, "ArrowUp");
        Assert.Equal("Manage account", Chosen(cut));
    }

    [Fact]
    public void Enter_goes_where_the_choice_leads_and_closes()
    {
        var cut = OpenPalette();
        cut.Find("input").Input("con");
        Press(cut, "Enter");
        Assert.Equal("http://localhost/connections", Services.GetRequiredService<NavigationManager>().Uri);
        Assert.False(_state.IsOpen);
        Assert.Empty(cut.FindAll("dialog"));
    }

    [Fact]
    public void An_account_page_gets_a_request_of_its_own()
    {
        var cut = OpenPalette();
        cut.Find("input").Input("account");
        Press(cut, "Enter");
        Assert.True(((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History.First().Options.ForceLoad);
    }

    [Fact]
    public void Enter_carries_out_an_action_once()
    {
        var cut = OpenPalette();
        cut.Find("input").Input("verify");
        Press(cut, "Enter");
        Assert.Equal(1, _ran);
    }

    [Fact]
    public void A_click_does_the_same()
    {
        var cut = OpenPalette();
        cut.FindAll("[role=option]")[2].Click();
        Assert.Equal(1, _ran);
    }

    [Fact]
    public void Nothing_found_says_what_can_be_found_and_Enter_does_nothing()
    {
        var cut = OpenPalette();
        cut.Find("input").Input("zzz");
        Press(cut, "Enter");
        Assert.True(_state.IsOpen);
        Assert.Contains("Nothing is called that", cut.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<CommandPalette> OpenPalette()
    {
        var cut = Render<CommandPalette>();
        _state.Open();
        cut.WaitForElement("[role=option]");
        return cut;
    }

    private static void Press(IRenderedComponent<CommandPalette> cut, string key) => cut.Find("input").KeyDown(new KeyboardEventArgs { Key = key });

    private static string Chosen(IRenderedComponent<CommandPalette> cut) => cut.Find("[aria-selected=true] span").TextContent;

    private sealed class Listed(params Command[] commands) : ICommandSource
    {
        public Task<IReadOnlyList<Command>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<Command>>(commands);
    }
}
