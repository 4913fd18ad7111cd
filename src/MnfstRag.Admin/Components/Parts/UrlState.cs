using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// Filters of a page in its query string, so that a link shows what its sender saw. A change takes the place of the
/// present entry of the browser's history: Back leaves the page instead of undoing letters.
/// </summary>
public static class UrlState
{
    /// <summary>Value of a query parameter; null when the URL has none.</summary>
    public static string? ReadQuery(this NavigationManager navigation, string name) =>
        QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(navigation.Uri).Query).TryGetValue(name, out var values) && values[^1] is { Length: > 0 } value
            ? value
            : null;

    /// <summary>Sets or (null, empty) removes one parameter, and keeps the others.</summary>
    public static void ReplaceQuery(this NavigationManager navigation, string name, string? value) =>
        navigation.ReplaceQuery(new Dictionary<string, string?>(StringComparer.Ordinal) { [name] = value });

    /// <summary>Sets or (null, empty) removes several at once. Nothing happens when the URL already says so.</summary>
    public static void ReplaceQuery(this NavigationManager navigation, IReadOnlyDictionary<string, string?> values)
    {
        var wanted = navigation.GetUriWithQueryParameters(values.ToDictionary(
            pair => pair.Key,
            pair => pair.Value is { Length: > 0 } value ? (object?)value : null,
            StringComparer.Ordinal));
        if (!string.Equals(wanted, navigation.Uri, StringComparison.Ordinal))
        {
            navigation.NavigateTo(wanted, replace: true);
        }
    }
}
