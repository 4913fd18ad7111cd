using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Which sessions are shown. All of it stands in the URL; null means "any".</summary>
public sealed record SessionFilter
{
    /// <summary>Stands for "none given" in <see cref="Application"/>, <see cref="User"/>, <see cref="Client"/> and <see cref="Database"/>.</summary>
    public const string Nothing = "(none)";

    /// <summary>Shows everything.</summary>
    public static SessionFilter Everything { get; } = new();

    public SessionGroup? Group { get; init; }

    public string? Application { get; init; }

    public string? User { get; init; }

    public string? Client { get; init; }

    public string? Database { get; init; }

    /// <summary>Part of the masked query, of a name, of an address, or a pid.</summary>
    public string? Text { get; init; }

    /// <summary>Something is filtered.</summary>
    public bool Any => this != Everything;

    /// <summary>The value of <paramref name="session"/> in a dimension, as a filter names it.</summary>
    public static string Value(SessionDimension dimension, Session session)
    {
        var value = dimension switch
        {
            SessionDimension.Application => session.Application,
            SessionDimension.User => session.User,
            SessionDimension.Client => Address(session.Client),
            _ => session.Database,
        };
        return string.IsNullOrEmpty(value) ? Nothing : value;
    }

    /// <summary>What is asked for in a dimension; null for any.</summary>
    public string? Of(SessionDimension dimension) => dimension switch
    {
        SessionDimension.Application => Application,
        SessionDimension.User => User,
        SessionDimension.Client => Client,
        _ => Database,
    };

    /// <summary>The same with another wish in one dimension.</summary>
    public SessionFilter With(SessionDimension dimension, string? value) => dimension switch
    {
        SessionDimension.Application => this with { Application = value },
        SessionDimension.User => this with { User = value },
        SessionDimension.Client => this with { Client = value },
        _ => this with { Database = value },
    };

    /// <summary>Whether <paramref name="session"/> is shown. The dashboard's own never are.</summary>
    public bool Matches(Session session) =>
        !session.IsDashboard
        && (Group is null || SessionGroups.Of(session) == Group)
        && Matches(SessionDimension.Application, Application, session)
        && Matches(SessionDimension.User, User, session)
        && Matches(SessionDimension.Client, Client, session)
        && Matches(SessionDimension.Database, Database, session)
        && (string.IsNullOrWhiteSpace(Text) || Contains(session, Text.Trim()));

    private static bool Matches(SessionDimension dimension, string? wish, Session session) => wish is null || Value(dimension, session) == wish;

    private static bool Contains(Session session, string text) =>
        Has(session.Query, text)
        || Has(session.Application, text)
        || Has(session.User, text)
        || Has(session.Database, text)
        || Has(session.Client, text)
        || Has(session.WaitEvent, text)
        || session.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture) == text;

    private static bool Has(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>An address without its port: every connection of a client has another.</summary>
    private static string? Address(string? client)
    {
        if (client is null)
        {
            return null;
        }

        var colon = client.LastIndexOf(':');
        var alone = colon > 0 && (client.IndexOf(':', StringComparison.Ordinal) == colon || client[colon - 1] == ']');
        return alone ? client[..colon] : client;
    }
}
