using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Grids;

/// <summary>
/// The URL of a page with a grid: search, filter, order, open row, environment and range, all of it in the query, so that a link
/// shows what its sender saw. A change keeps every parameter that it does not name. Immutable.
/// </summary>
public sealed class GridUrl
{
    /// <summary>Parameter: text to look for.</summary>
    public const string Find = "find";

    /// <summary>Parameter: which of the filter chips is chosen.</summary>
    public const string Only = "only";

    private const string SortBy = "sort";
    private const string Downwards = "desc";

    private readonly ImmutableSortedDictionary<string, string> _query;

    private GridUrl(string path, ImmutableSortedDictionary<string, string> query) => (Path, _query) = (path, query);

    /// <summary>From the root of the site, without its query.</summary>
    public string Path { get; }

    /// <summary>Key of the column that is sorted by; null for the usual order.</summary>
    public string? Sort => this[SortBy];

    /// <summary>The greatest first.</summary>
    public bool Descending => this[Downwards] == "1";

    /// <summary>The environment that it names.</summary>
    public string? Environment => this[EnvironmentSelection.Parameter];

    /// <summary>Value of a parameter; null when it has none.</summary>
    public string? this[string name] => _query.GetValueOrDefault(name);

    /// <summary>Reads a URL; of a parameter given twice the last counts.</summary>
    public static GridUrl Of(Uri uri) => new(
        uri.AbsolutePath,
        QueryHelpers.ParseQuery(uri.Query)
            .Where(pair => pair.Value.Count > 0 && pair.Value[^1] is { Length: > 0 })
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value[^1]!, StringComparer.Ordinal));

    /// <summary>The same with another value of one parameter; null or empty leaves it out.</summary>
    public GridUrl With(string name, string? value) =>
        new(Path, value is { Length: > 0 } ? _query.SetItem(name, value) : _query.Remove(name));

    /// <summary>The same after a click on the head of a column: figures begin with the greatest, a second click turns it round.</summary>
    public GridUrl Click(string column, bool figure)
    {
        var descending = Sort == column ? !Descending : figure;
        return With(SortBy, column).With(Downwards, descending ? "1" : null);
    }

    /// <inheritdoc />
    public override string ToString() => QueryHelpers.AddQueryString(Path, _query.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
}
