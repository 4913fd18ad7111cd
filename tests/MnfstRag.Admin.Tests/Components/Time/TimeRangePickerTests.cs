using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Components.Time;

namespace MnfstRag.Admin.Tests.Components.Time;

public sealed class TimeRangePickerTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public TimeRangePickerTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        Services.AddScoped<PageRange>();
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void It_stands_on_pages_that_show_a_stretch_of_time_and_nowhere_else()
    {
        Navigation.NavigateTo("/audit");
        var cut = Render<TimeRangePicker>();
        Assert.Equal("", cut.Markup.Trim());
        Navigation.NavigateTo("/connections");
        cut.WaitForAssertion(() => Assert.Contains("15 min", cut.Find("[popovertarget=ranges]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_named_range_is_one_click()
    {
        Navigation.NavigateTo("/connections?environment=production");
        var cut = Open();
        cut.FindAll(".menu-item").Single(item => item.TextContent == "24 h").Click();
        Assert.EndsWith("/connections?environment=production&range=24h", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("24 h", cut.Find(".menu-item[aria-current=true]").TextContent);
    }

    [Fact]
    public void Two_moments_are_shown_once_they_make_sense_and_nothing_typed_is_lost_before()
    {
        Navigation.NavigateTo("/connections");
        var cut = Open();
        Type(cut, 0, Now.AddHours(-2));
        Type(cut, 1, Now.AddHours(-3));
        cut.Find("form").Submit();
        Assert.Contains("before the beginning", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(Now.AddHours(-2).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), cut.FindAll("local-moment")[0].GetAttribute("at"));
        Assert.EndsWith("/connections", Navigation.Uri, StringComparison.Ordinal);

        Type(cut, 1, Now.AddHours(-1));
        cut.Find("form").Submit();
        Assert.Empty(cut.FindAll("[role=alert]"));
        Assert.Contains("from=2026-11-23T07%3A00%3A00Z&to=2026-11-23T08%3A00%3A00Z", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_field_is_named()
    {
        Navigation.NavigateTo("/connections");
        var cut = Open();
        cut.FindAll("input[type=hidden]")[1].Change("");
        cut.Find("form").Submit();
        Assert.Contains("the end", cut.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_cannot_be_followed_is_told_beside_the_picker()
    {
        Navigation.NavigateTo("/connections?range=fortnight");
        Assert.Contains("fortnight", Render<TimeRangePicker>().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<TimeRangePicker> Open()
    {
        var cut = Render<TimeRangePicker>();
        cut.Find("[popovertarget=ranges]").Click();
        return cut;
    }

    private static void Type(IRenderedComponent<TimeRangePicker> cut, int field, DateTimeOffset at) =>
        cut.FindAll("input[type=hidden]")[field].Change(at.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
}
