using Bunit;
using MudBlazor;
using MudBlazor.Services;

namespace MnfstRag.Admin.Tests.Components;

/// <summary>For components that use MudBlazor: its services, loose interop, and the asynchronous disposal that its services ask for.</summary>
public abstract class MudContext : BunitContext, IAsyncLifetime
{
    protected MudContext()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <summary>What selects, menus and dialogs are drawn in; render it first.</summary>
    protected IRenderedComponent<MudDialogProvider> RenderProviders()
    {
        Render<MudPopoverProvider>();
        return Render<MudDialogProvider>();
    }
}
