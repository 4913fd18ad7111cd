using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Everything a viewer chose on this page. All of it stands in the URL, so that a link shows what its sender saw.</summary>
public sealed record ConnectionsState
{
    /// <summary>The page's path.</summary>
    public const string Path = "/connections";

    private static readonly ImmutableSortedSet<SessionColumn> HiddenAtFirst = [SessionColumn.StateTime, SessionColumn.Database];

    public string? Environment { get; init; }

    public SessionFilter Filter { get; init; } = SessionFilter.Everything;

    public SessionOrder Order { get; init; } = SessionOrder.Usual;

    /// <summary>Columns left out.</summary>
    public ImmutableSortedSet<SessionColumn> Hidden { get; init; } = HiddenAtFirst;

    /// <summary>The session shown in the side panel; null when none is.</summary>
    public SessionKey? Session { get; init; }

    /// <summary>Reads a URL. What it does not understand it leaves out: a URL is text from outside.</summary>
    public static ConnectionsState Parse(Uri uri)
    {
        var query = QueryHelpers.ParseQuery(uri.Query);
        return new ConnectionsState
        {
            Environment = Text(EnvironmentSelection.Parameter),
            Filter = new SessionFilter
            {
                Group = SessionGroups.Parse(Text("state")),
                Application = Text("application"),
                User = Text("user"),
                Client = Text("client"),
                Database = Text("database"),
                Text = Text("find"),
            },
            Order = Column(Text("sort")) is { } column ? new SessionOrder(column, Text("desc") == "1") : SessionOrder.Usual,
            Hidden = Text("hide") is { } hide
                ? [.. hide.Split(',').Select(Column).OfType<SessionColumn>().Where(hidden => hidden != SessionColumn.Pid)]
                : HiddenAtFirst,
            Session = SessionKey.Parse(Text("session")),
        };

        string? Text(string name) => query.TryGetValue(name, out var values) && values[^1] is { Length: > 0 } value ? value : null;
    }

    /// <summary>The URL that shows it, from the root of the site.</summary>
    public string ToUrl()
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [EnvironmentSelection.Parameter] = Environment,
            ["state"] = Filter.Group is { } group ? SessionGroups.Word(group) : null,
            ["application"] = Filter.Application,
            ["user"] = Filter.User,
            ["client"] = Filter.Client,
            ["database"] = Filter.Database,
            ["find"] = Filter.Text,
            ["sort"] = Order == SessionOrder.Usual ? null : Word(Order.Column),
            ["desc"] = Order != SessionOrder.Usual && Order.Descending ? "1" : null,
            ["hide"] = Hidden.SetEquals(HiddenAtFirst) ? null : Hidden.IsEmpty ? "-" : string.Join(',', Hidden.Select(Word)),
            ["session"] = Session?.ToString(),
        };
        return QueryHelpers.AddQueryString(Path, query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    /// <summary>The same with one column shown or left out.</summary>
    public ConnectionsState Toggle(SessionColumn column) =>
        this with { Hidden = Hidden.SymmetricExcept([column]) };

    private static string Word(SessionColumn column)
    {
        var name = column.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static SessionColumn? Column(string? word) =>
        Enum.GetValues<SessionColumn>().Where(column => Word(column) == word).Select(column => (SessionColumn?)column).FirstOrDefault();
}
