using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace MnfstRag.Admin.Components.Layout;

/// <summary>The shell around every interactive page: navigation, top bar, MudBlazor's providers (here and nowhere else).</summary>
public sealed partial class MainLayout(NavigationManager navigation, NavPages pages) : IDisposable
{
    private IReadOnlyList<NavPage> _pages = [];

    private string Path => navigation.ToAbsoluteUri(navigation.Uri).AbsolutePath;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += OnLocationChanged;
        _pages = await pages.AllowedAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(StateHasChanged);

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;
}
