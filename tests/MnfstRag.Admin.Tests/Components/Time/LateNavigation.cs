using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Tests.Components.Time;

/// <summary>Navigates as a circuit does: the address changes only once the browser has answered.</summary>
internal sealed class LateNavigation : NavigationManager
{
    private string? _wanted;

    public LateNavigation(string uri) => Initialize("http://localhost/", uri);

    /// <summary>The browser answers.</summary>
    public void Arrive()
    {
        Uri = _wanted ?? throw new InvalidOperationException("Nobody navigates.");
        NotifyLocationChanged(isInterceptedLink: false);
    }

    protected override void NavigateToCore(string uri, NavigationOptions options) => _wanted = ToAbsoluteUri(uri).ToString();
}
