using Bunit.TestDoubles;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Components.Parts;

namespace MnfstRag.Admin.Tests.Components.Parts;

public sealed class UrlStateTests : BunitContext
{
    private BunitNavigationManager Navigation => (BunitNavigationManager)Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void A_filter_joins_what_the_URL_already_says()
    {
        Navigation.NavigateTo("/connections?environment=development");
        Navigation.ReplaceQuery("application", "mnfst-rag-backend");
        Assert.Equal("http://localhost/connections?environment=development&application=mnfst-rag-backend", Navigation.Uri);
        Assert.Equal("mnfst-rag-backend", Navigation.ReadQuery("application"));
    }

    [Fact]
    public void It_takes_the_place_of_the_history_entry()
    {
        Navigation.NavigateTo("/connections");
        Navigation.ReplaceQuery("state", "idle");
        Assert.True(Navigation.History.First().Options.ReplaceHistoryEntry);
    }

    [Fact]
    public void An_empty_filter_leaves_the_URL()
    {
        Navigation.NavigateTo("/connections?state=idle&user=a");
        Navigation.ReplaceQuery("state", "");
        Assert.Equal("http://localhost/connections?user=a", Navigation.Uri);
        Assert.Null(Navigation.ReadQuery("state"));
    }

    [Fact]
    public void What_the_URL_already_says_is_not_navigated_to()
    {
        Navigation.NavigateTo("/connections?state=idle");
        var before = Navigation.History.Count;
        Navigation.ReplaceQuery("state", "idle");
        Assert.Equal(before, Navigation.History.Count);
    }
}
