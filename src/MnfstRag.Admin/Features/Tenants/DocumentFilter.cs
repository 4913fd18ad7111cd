using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Which documents. Each part is in the URL, so that a link shows what its sender saw; what the URL has no sense in is left out.</summary>
public sealed record DocumentFilter
{
    /// <summary>What names are looked through for.</summary>
    public string? Find { get; init; }

    /// <summary>How.</summary>
    public NameSearch Search { get; init; }

    /// <summary>One of <see cref="DocumentStates.All"/>.</summary>
    public string? Status { get; init; }

    /// <summary>MIME type, whole.</summary>
    public string? Type { get; init; }

    /// <summary>Who uploaded it.</summary>
    public Guid? Uploader { get; init; }

    /// <summary>Uploaded then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Uploaded before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Bytes at least.</summary>
    public long? Least { get; init; }

    /// <summary>Bytes at most.</summary>
    public long? Largest { get; init; }

    /// <summary>Leaves every document.</summary>
    public bool IsEmpty => this == new DocumentFilter { Search = Search };

    /// <summary>Reads a query string.</summary>
    public static DocumentFilter Of(Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        string? Text(string name) => query.TryGetValue(name, out var values) && values[^1] is { } value && value.Trim() is { Length: > 0 and <= 200 } trimmed ? trimmed : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        DateTimeOffset? Time(string name) => DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        return new DocumentFilter
        {
            Find = Text("find"),
            Search = Enum.TryParse<NameSearch>(Text("search"), ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode : NameSearch.Words,
            Status = DocumentStates.All.Contains(Text("status")) ? Text("status") : null,
            Type = Text("type"),
            Uploader = Guid.TryParse(Text("uploader"), out var uploader) ? uploader : null,
            From = Time("after"),
            To = Time("before"),
            Least = Number("least"),
            Largest = Number("largest"),
        };
    }

    /// <summary>The same as parameters of a URL; null leaves one out.</summary>
    public IReadOnlyDictionary<string, string?> ToQuery() => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["find"] = Find,
        ["search"] = Find is null || Search == NameSearch.Words ? null : Search.ToString().ToLowerInvariant(),
        ["status"] = Status,
        ["type"] = Type,
        ["uploader"] = Uploader?.ToString(),
        ["after"] = Moment(From),
        ["before"] = Moment(To),
        ["least"] = Least?.ToString(CultureInfo.InvariantCulture),
        ["largest"] = Largest?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>For the fence's functions.</summary>
    internal Dictionary<string, object?> ToFence() => new(StringComparer.Ordinal)
    {
        ["find"] = Find,
        ["mode"] = Search switch { NameSearch.Words => "words", NameSearch.Start => "start", _ => "part" },
        ["status"] = Status,
        ["type"] = Type,
        ["uploader"] = Uploader,
        ["from"] = From?.UtcDateTime,
        ["to"] = To?.UtcDateTime,
        ["least"] = Least,
        ["largest"] = Largest,
    };

    private static string? Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
