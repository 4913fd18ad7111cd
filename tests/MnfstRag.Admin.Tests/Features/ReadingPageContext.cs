using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components.Time;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Admin.Tests.Components.Layout;
using MnfstRag.Postgres.Watching;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Features;

/// <summary>What pages over a slow reading need, with one environment, a past that the test chooses, and charts left out.</summary>
public abstract class ReadingPageContext : BunitContext
{
    private readonly EnvironmentWatches _watches = new(Options.Create(new SamplerOptions()));

    protected ReadingPageContext(params string[] permissions)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        ComponentFactories.AddStub<FindingList>();
        ComponentFactories.AddStub<ObjectMaintenance>();
        ComponentFactories.AddStub<TimeChart>();
        Services.AddMudServices();
        Services.AddOptions<SamplerOptions>();
        Services.AddSingleton<IAccess>(new GrantedAccess([Permissions.Watch, .. permissions]));
        var bench = new Connections.SignalBench(maintain: null);
        Services.AddSingleton<IEnvironmentStore>(bench);
        Services.AddSingleton<IAuditLog>(bench);
        Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        Services.AddSingleton(_watches);
        Services.AddSingleton(new ShownHost(_watches, new Replicas(new ConfigurationBuilder().Build())));
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<EnvironmentSelection>();
        Services.AddSingleton<SharedPast>();
        Services.AddScoped<WatchService>();
        Services.AddSingleton<IHistory>(Past);
        Services.AddScoped<Pause>();
        Services.AddScoped<PageRange>();
        _watches.Update([new WatchedEnvironment(Guid.NewGuid(), "production", new HashSet<CredentialKind>())]);
    }

    internal KeptPast Past { get; } = new();

    /// <summary>The page under a URL, once it shows what is asked for.</summary>
    internal IRenderedComponent<TPage> Show<TPage>(string url, HeldReadings read, Postgres.Connecting.Capabilities server, string until)
        where TPage : IComponent
    {
        _watches.All.Single().Publish(Snapshots.Live() with { Slow = read, Capabilities = server });
        Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        var page = Render<TPage>();
        page.WaitForElement(until, TimeSpan.FromSeconds(20));
        return page;
    }

    /// <summary>Text of the cells of a row.</summary>
    internal static IReadOnlyList<string> Cells(AngleSharp.Dom.IElement row) => [.. row.Children.Select(cell => cell.TextContent.Trim())];
}
