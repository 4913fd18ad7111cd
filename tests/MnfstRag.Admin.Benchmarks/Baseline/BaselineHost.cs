using MudBlazor.Services;

namespace MnfstRag.Admin.Benchmarks.Baseline;

/// <summary>The empty MudBlazor application, in a process of its own: the same framework, none of the product.</summary>
internal static class BaselineHost
{
    /// <summary>The command line's word for it.</summary>
    public const string Command = "baseline";

    /// <summary>Runs until it is ended by a signal.</summary>
    public static async Task RunAsync(string[] args)
    {
        // The environment whose static files need no publishing.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            EnvironmentName = Environments.Development,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        await app.RunAsync();
    }
}
