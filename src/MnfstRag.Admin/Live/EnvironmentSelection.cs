using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Live;

/// <summary>
/// Which environment a page shows: the one in the URL (<c>?environment=</c>), else the one shown last in this tab, else the
/// first by name. Scoped.
/// </summary>
public sealed class EnvironmentSelection : IDisposable
{
    /// <summary>Name of the query parameter.</summary>
    public const string Parameter = "environment";

    private readonly IAccess _access;
    private readonly EnvironmentWatches _watches;
    private readonly NavigationManager _navigation;
    private string? _last;

    public EnvironmentSelection(IAccess access, EnvironmentWatches watches, NavigationManager navigation)
    {
        _access = access;
        _watches = watches;
        _navigation = navigation;
        _navigation.LocationChanged += OnLocationChanged;
        _watches.Changed += OnEnvironmentsChanged;
    }

    /// <summary>The selection may have changed, or environments came or went. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>What the URL asks for, whether it exists or not; null when it names none.</summary>
    public string? Requested =>
        QueryHelpers.ParseQuery(_navigation.ToAbsoluteUri(_navigation.Uri).Query).TryGetValue(Parameter, out var values) ? values[^1] : null;

    /// <summary>
    /// The environment to show; null when there is none. One that the URL asks for and that does not exist is answered with its
    /// name, so that the page can say so instead of showing another.
    /// </summary>
    public string? Current => Requested ?? (_last is { } last && _watches.Find(last) is not null ? last : First);

    /// <summary>The first that is watched; the first of all where none is.</summary>
    private string? First => (_watches.All.FirstOrDefault(watch => watch.Environment.Credentials.Contains(CredentialKind.Watch)) ?? _watches.All.FirstOrDefault())?.Environment.Name;

    /// <summary>All environments with their state now, by name; empty when the caller may not watch.</summary>
    public async Task<IReadOnlyList<EnvironmentStatus>> ListAsync(CancellationToken cancellationToken = default) =>
        await _access.MayAsync(Permissions.Watch, cancellationToken) ? [.. _watches.All.Select(watch => watch.Status)] : [];

    /// <summary>Shows this page for another environment: filters stay, an open session does not.</summary>
    public void Select(string name) => _navigation.NavigateTo(_navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?>(StringComparer.Ordinal) { [Parameter] = name, ["session"] = null }));

    /// <summary><paramref name="path"/> (may have a query) with the environment shown now, or with <paramref name="environment"/>.</summary>
    public string Link(string path, string? environment = null) =>
        (environment ?? Current) is { } name ? QueryHelpers.AddQueryString(path, Parameter, name) : path;

    /// <inheritdoc />
    public void Dispose()
    {
        _navigation.LocationChanged -= OnLocationChanged;
        _watches.Changed -= OnEnvironmentsChanged;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        _last = Requested ?? _last;
        Changed?.Invoke();
    }

    private void OnEnvironmentsChanged() => Changed?.Invoke();
}
