using Bunit;
using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class PageFaultTests : BunitContext
{
    private Exception? _fault;

    [Fact]
    public void A_bug_shows_a_reference_and_no_inner_words()
    {
        _fault = new InvalidOperationException("Host=db;Password=secret");
        var cut = RenderPage();
        Assert.Matches("^[0-9a-f]{8}$", cut.Find("[role=alert] code").TextContent);
        Assert.DoesNotContain("secret", cut.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_said_as_such()
    {
        _fault = new PermissionDeniedException(Permissions.ReadAudit);
        var cut = RenderPage();
        Assert.Contains("You may not see this page", cut.Markup, StringComparison.Ordinal);
        Assert.Empty(cut.FindAll("code"));
    }

    [Fact]
    public void Trying_again_shows_the_page_once_it_works()
    {
        _fault = new InvalidOperationException("once");
        var cut = RenderPage();
        _fault = null;
        cut.Find("button").Click();
        Assert.Equal("the page", cut.Find("p").TextContent);
    }

    [Fact]
    public void Another_page_gets_a_fresh_try_and_the_same_one_does_not()
    {
        _fault = new InvalidOperationException("once");
        var cut = RenderPage();
        _fault = null;
        cut.Render(parameters => parameters.Add(boundary => boundary.Page, "/connections"));
        Assert.NotEmpty(cut.FindAll("[role=alert]"));
        cut.Render(parameters => parameters.Add(boundary => boundary.Page, "/audit"));
        Assert.Equal("the page", cut.Find("p").TextContent);
    }

    private IRenderedComponent<PageFault> RenderPage() =>
        Render<PageFault>(parameters => parameters
            .Add(boundary => boundary.Page, "/connections")
            .Add(boundary => boundary.ChildContent, builder => { builder.OpenComponent<Fragile>(0); builder.AddComponentParameter(1, nameof(Fragile.Fault), () => _fault); builder.CloseComponent(); }));

    private sealed class Fragile : ComponentBase
    {
        [Parameter]
        public Func<Exception?> Fault { get; set; } = () => null;

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Fault() is { } fault)
            {
                throw fault;
            }

            builder.AddMarkupContent(0, "<p>the page</p>");
        }
    }
}
