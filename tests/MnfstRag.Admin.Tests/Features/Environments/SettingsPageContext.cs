using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Features.Environments;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Components.Layout;

namespace MnfstRag.Admin.Tests.Features.Environments;

/// <summary>Pages of settings over a real store, for an administrator; parts with tests of their own are left out.</summary>
public abstract class SettingsPageContext : BunitContext, IAsyncLifetime
{
    protected SettingsPageContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        ComponentFactories.AddStub<ApplyPanel>();
        ComponentFactories.AddStub<SettingSources>();
        ComponentFactories.AddStub<ExportMenu>();
        ComponentFactories.AddStub<PlanPanel>();
        ComponentFactories.AddStub<AllowedHostsPanel>();
        ComponentFactories.AddStub<EnvironmentActions>();
        Services.AddSingleton<IAccess>(new GrantedAccess(Permissions.Watch, Permissions.ReadSettings, Permissions.ChangeSettings));
        Services.AddSingleton(new EnvironmentWatches(Options.Create(new SamplerOptions())));
        Services.AddScoped<EnvironmentSelection>();
        Services.AddSingleton(TimeProvider.System);
    }

    internal SettingsBench Bench { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Bench = await SettingsBench.CreateAsync("development", "staging", "production");
        Services.AddSingleton(Bench.Settings());
        Services.AddSingleton(Bench.Environments());
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Bench.DisposeAsync();
    }

    /// <summary>A page under a URL, once it shows what is asked for.</summary>
    internal IRenderedComponent<TPage> Show<TPage>(string url, string until)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        var page = Render<TPage>();
        page.WaitForElement(until, TimeSpan.FromSeconds(20));
        return page;
    }
}
