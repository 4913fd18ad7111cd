using Microsoft.AspNetCore.WebUtilities;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>What the page shows, as its URL has it.</summary>
/// <param name="Preset">Ready filter.</param>
/// <param name="Text">Words that the statement, its database or its role must hold.</param>
/// <param name="Sort">Order.</param>
/// <param name="Ascending">The least first.</param>
/// <param name="Open">Subject in the side panel.</param>
public sealed record QueriesState(QueryPreset Preset, string? Text, QuerySort Sort, bool Ascending, string? Open)
{
    /// <summary>The page.</summary>
    public const string Path = "/queries";

    /// <summary>The guide's list is this long.</summary>
    private const int GuideTop = 10;

    private const double GuideMs = 100;
    private const double HealthMs = 1000;

    /// <summary>Reads the query of <paramref name="uri"/>; what is not understood counts as not said.</summary>
    public static QueriesState Parse(Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        var preset = Enum.TryParse<QueryPreset>(Value("show"), ignoreCase: true, out var chosen) && Enum.IsDefined(chosen) ? chosen : QueryPreset.All;
        return new QueriesState(
            preset,
            Value("find"),
            Enum.TryParse<QuerySort>(Value("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : preset == QueryPreset.Slow ? QuerySort.Mean : QuerySort.Load,
            Value("asc") == "1",
            Value("statement"));

        string? Value(string name) => query.TryGetValue(name, out var values) && values[^1] is { Length: > 0 } value ? value : null;
    }

    /// <summary>The changes to the URL that make it say this.</summary>
    public IReadOnlyDictionary<string, string?> Query => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["show"] = Preset == QueryPreset.All ? null : Preset.ToString().ToLowerInvariant(),
        ["find"] = Text,
        ["sort"] = Sort == (Preset == QueryPreset.Slow ? QuerySort.Mean : QuerySort.Load) ? null : Sort.ToString().ToLowerInvariant(),
        ["asc"] = Ascending ? "1" : null,
        ["statement"] = Open,
    };

    /// <summary>A click on a column: it becomes the order, a second one turns it round.</summary>
    public QueriesState Click(QuerySort sort) => this with { Sort = sort, Ascending = Sort == sort && !Ascending };

    /// <summary>The rows that it shows, in its order; statements of equal figures stand by their key.</summary>
    public List<QueryRow> Of(IEnumerable<QueryRow> rows)
    {
        var chosen = rows.Where(row => Preset switch
        {
            QueryPreset.Slow => row.MeanMs > GuideMs,
            QueryPreset.VerySlow => row.MeanMs > HealthMs,
            QueryPreset.New => row.IsNew,
            QueryPreset.Regressed => row.IsRegressed,
            _ => true,
        });
        if (Text is { } text)
        {
            chosen = chosen.Where(row => Holds(row.Text, text) || Holds(row.Database, text) || Holds(row.User, text));
        }

        if (Preset == QueryPreset.Slow)
        {
            chosen = chosen.OrderByDescending(row => row.MeanMs).Take(GuideTop);
        }

        // What is not known stands last, whichever way it is sorted.
        var ordered = Ascending
            ? chosen.OrderBy(row => Figure(row) is null).ThenBy(Figure)
            : chosen.OrderBy(row => Figure(row) is null).ThenByDescending(Figure);
        return [.. ordered.ThenBy(row => row.Subject, StringComparer.Ordinal)];
    }

    private double? Figure(QueryRow row) => Sort switch
    {
        QuerySort.Calls => row.Calls,
        QuerySort.Mean => row.MeanMs,
        QuerySort.Max => row.MaxMs,
        QuerySort.Rows => row.Rows,
        QuerySort.Hit => row.Hit,
        QuerySort.Io => row.IoMs,
        QuerySort.Temp => row.TempBlocks,
        QuerySort.Wal => row.WalBytes,
        QuerySort.Change => row.PreviousMeanMs is > 0 and var before ? row.MeanMs / before : null,
        _ => row.ExecMs,
    };

    private static bool Holds(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}
