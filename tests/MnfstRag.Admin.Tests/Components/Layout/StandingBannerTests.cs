using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Features.Topology;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Tests.Components.Layout;

public sealed class StandingBannerTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DatabaseHost A = new("a", 5432);
    private static readonly DatabaseHost B = new("b", 5432);

    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));

    public StandingBannerTests()
    {
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>()), new WatchedEnvironment(Guid.NewGuid(), "staging", new HashSet<CredentialKind>())]);
        Services.AddSingleton(_watches);
        Services.AddScoped<EnvironmentSelection>();
    }

    [Fact]
    public void It_comes_with_the_loss_goes_with_the_promotion_and_is_of_the_environment_shown()
    {
        Services.AddSingleton<IAccess>(new GrantedAccess(Permissions.Watch));
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/queries?environment=production");
        Publish(PrimaryState.Known, A);
        var banner = Render<StandingBanner>();
        Assert.Empty(banner.FindAll("[role=alert]"));

        Publish(PrimaryState.Lost, A);
        banner.WaitForAssertion(() => Assert.Contains("production: The primary is lost", banner.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("/topology?environment=production", banner.Find("a").GetAttribute("href"));

        navigation.NavigateTo("/queries?environment=staging");
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll("[role=alert]")), Patience);
        navigation.NavigateTo("/queries?environment=production");
        banner.WaitForAssertion(() => Assert.NotEmpty(banner.FindAll("[role=alert]")), Patience);

        Publish(PrimaryState.Known, B);
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll("[role=alert]")), Patience);
    }

    [Fact]
    public void Who_may_not_watch_is_told_nothing()
    {
        Services.AddSingleton<IAccess>(new GrantedAccess());
        Publish(PrimaryState.Lost, A);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/queries?environment=production");
        Assert.Empty(Render<StandingBanner>().Markup.Trim());
    }

    private void Publish(PrimaryState state, DatabaseHost primary) => _watches.Find("production")!.Publish(Snapshots.Live() with
    {
        Hosts = new HostTopology(
            [TopologyViewTests.Host(A, recovers: false) with { Fault = state == PrimaryState.Lost ? "No answer." : null }, TopologyViewTests.Host(B, recovers: primary != B)],
            new PrimaryStanding(state, primary, Snapshots.Now, 1, []),
            B),
    });
}
