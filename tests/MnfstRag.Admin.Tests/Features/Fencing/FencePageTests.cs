using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Fencing;
using MnfstRag.Admin.Features.Users;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Access;
using MnfstRag.Postgres.Fencing;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Fencing;

/// <summary>The fence's page and the choice of a tenant for an account, over a real product.</summary>
[Collection(FenceServicesTests.Collection)]
public sealed class FencePageTests : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private FencedHost _bench = null!;
    private AsyncServiceScope _circuit;

    public async Task InitializeAsync()
    {
        _bench = await FencedHost.StartAsync(ProductShape.Migrations);
        _circuit = await _bench.OpenAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([await _bench.EnvironmentAsync()]);
        Services.AddSingleton(watches);
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<EnvironmentSelection>();
        Services.AddScoped(_ => _circuit.ServiceProvider.GetRequiredService<IAccess>());
        Services.AddScoped(_ => _circuit.ServiceProvider.GetRequiredService<FenceService>());
        Services.AddScoped(_ => _circuit.ServiceProvider.GetRequiredService<FenceChangeService>());
        Services.AddScoped(_ => _circuit.ServiceProvider.GetRequiredService<TenantBindingService>());
    }

    [Fact]
    public async Task The_fence_is_read_applied_proven_and_removed_and_a_tenant_is_chosen_while_it_stands()
    {
        var page = Render<FencePage>();
        page.WaitForElement("#part-Tenants", Patience);
        Assert.Contains("not applied", Part(page, "Tenants").TextContent, StringComparison.Ordinal);
        Assert.False(Part(page, "Tenants").QuerySelector("details.fence-script")!.HasAttribute("open"));
        Assert.Contains("CREATE SCHEMA", Part(page, "Tenants").QuerySelector(".fence-steps")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent is "Test the fence now" or "Remove the fence");
        Assert.Contains("First apply the script above.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("fence is not applied", Picker().WaitForElement("[role=alert]", Patience).TextContent, StringComparison.Ordinal);

        Send(page, "Tenants", "Apply the script", "not the password");
        page.WaitForAssertion(() => Assert.Contains("password", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("not applied", Part(page, "Tenants").TextContent, StringComparison.Ordinal);
        Send(page, "Tenants", "Apply the script", AccessHost.Password);
        page.WaitForAssertion(() => Assert.Equal("✓ holds", Part(page, "Tenants").QuerySelector(".fence-good")?.TextContent), Patience);
        Assert.DoesNotContain(AccessHost.Password, page.Markup, StringComparison.Ordinal);

        page.FindAll("button").Single(button => button.TextContent == "Test the fence now").Click();
        page.WaitForAssertion(() => Assert.Matches("All [0-9]+ attempts were held off", page.Find("section[aria-labelledby=fence-tests]").TextContent), Patience);
        Assert.InRange(page.FindAll(".fence-evidence tbody tr").Count, 100, 1000);

        var picker = Picker();
        picker.WaitForAssertion(() => Assert.Equal(["Choose one", "Ada (a)", "Bob (b)"], picker.FindAll("select")[1].QuerySelectorAll("option").Select(one => one.TextContent)), Patience);
        picker.Find("input[type=search]").Change("bob");
        picker.WaitForAssertion(() => Assert.Equal(["Choose one", "Bob (b)"], picker.FindAll("select")[1].QuerySelectorAll("option").Select(one => one.TextContent)), Patience);
        picker.FindAll("button").Single(button => button.TextContent == "Limit tina to this tenant").Click();
        Assert.Equal((FencedHost.Environment, ProductSamples.TenantB), _bound);

        await _bench.Product.Database.ExecuteAsync("DROP VIEW mnfst_admin.social_links");
        page.FindAll("button").Single(button => button.TextContent == "Look again").Click();
        page.WaitForAssertion(() => Assert.Contains("altered", Part(page, "Tenants").TextContent, StringComparison.Ordinal), Patience);
        Send(page, "Tenants", "Remove the fence", AccessHost.Password);
        page.WaitForAssertion(() => Assert.Contains("not applied", Part(page, "Tenants").TextContent, StringComparison.Ordinal), Patience);
    }

    private (string? Environment, Guid? Tenant)? _bound;

    private IRenderedComponent<TenantPicker> Picker() => Render<TenantPicker>(parameters => parameters
        .Add(one => one.User, new UserRow(Guid.NewGuid(), "tina", [Roles.TenantAdmin], UserState.Active, null, TimeProvider.System.GetUtcNow(), false, 0, null, false))
        .Add(one => one.OnBind, bound => _bound = bound));

    private static AngleSharp.Dom.IElement Part(IRenderedComponent<FencePage> page, string part) => page.Find($"section[aria-labelledby=part-{part}]");

    private static void Send(IRenderedComponent<FencePage> page, string part, string button, string password)
    {
        page.WaitForAssertion(() => Assert.False(Part(page, part).QuerySelectorAll("button").Single(one => one.TextContent == button).HasAttribute("disabled")), Patience);
        page.Find($"section[aria-labelledby=part-{part}] input[type=password]").Change(password);
        page.FindAll($"section[aria-labelledby=part-{part}] button").Single(one => one.TextContent == button).Click();
        page.Find($"section[aria-labelledby=part-{part}] form").Submit();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await _circuit.DisposeAsync();
        await _bench.DisposeAsync();
    }
}
