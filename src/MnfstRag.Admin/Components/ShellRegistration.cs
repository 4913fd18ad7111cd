using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Components.Commands;
using MnfstRag.Admin.Components.Layout;
using MnfstRag.Admin.Components.Time;
using MudBlazor;
using MudBlazor.Services;

namespace MnfstRag.Admin.Components;

/// <summary>The shell: Blazor, MudBlazor, navigation, command palette, static assets.</summary>
public static class ShellRegistration
{
    /// <summary>Registers the shell. Needs AddAccess and AddLive.</summary>
    public static WebApplicationBuilder AddShell(this WebApplicationBuilder builder)
    {
        // Assets are found beside the sources in every environment, not in Development alone; nothing to find once published.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            // A .env text is one message; 32 KB, the standard, would end the circuit and lose what was typed.
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = 256 * 1024);
        builder.Services.AddSingleton<IValidateOptions<PagesOptions>, PagesOptionsValidator>();
        builder.Services.AddOptions<PagesOptions>().BindConfiguration(PagesOptions.Section).ValidateOnStart();
        builder.Services.AddOptions<CircuitOptions>().Configure<IOptions<PagesOptions>>((circuits, pages) =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = pages.Value.KeptWhenLost;
            circuits.DisconnectedCircuitMaxRetained = pages.Value.MostLost;
            // What the framework remembers of a page that it has let go, a thousand for two hours unless told. Ours hold nothing there: their state is their address.
            circuits.PersistedCircuitInMemoryMaxRetained = pages.Value.MostLost;
        });
        builder.Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.VisibleStateDuration = 6000;
            mud.SnackbarConfiguration.ShowTransitionDuration = 0;
            mud.SnackbarConfiguration.HideTransitionDuration = 120;
        });
        builder.Services.AddScoped<NavPages>();
        builder.Services.AddScoped<Pause>();
        builder.Services.AddScoped<PageRange>();
        builder.Services.AddScoped<PaletteState>();
        builder.Services.AddScoped<ICommandSource, PageCommands>();
        builder.Services.AddScoped<ICommandSource, EnvironmentCommands>();
        return builder;
    }

    /// <summary>Serves assets to everybody and pages to those whom their policies admit. Comes after MapAccess, which signs callers in.</summary>
    public static WebApplication MapShell(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
