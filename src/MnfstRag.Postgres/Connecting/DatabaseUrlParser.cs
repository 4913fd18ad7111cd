namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// Reads DATABASE_URL. Credentials and hosts are split as libpq splits them; the query is decoded as SQLAlchemy decodes it
/// (a plus sign is a space), because that is what the product hands its addresses to.
/// </summary>
internal static class DatabaseUrlParser
{
    private const string EncodeHint = "A /, @, : or % that belongs to the user or password must be percent-encoded (%2F, %40, %3A, %25).";

    public static DatabaseUrlResult Parse(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return Fault(DatabaseUrlPart.Text, "The address is empty. Write postgresql://user:password@host:5432/database.");
        }

        if (!IsPlainText(trimmed))
        {
            return Fault(DatabaseUrlPart.Text, "The address holds a line break, a control character or half a character. Remove it.");
        }

        var schemeEnd = trimmed.IndexOf("://");
        if (schemeEnd < 0)
        {
            return trimmed.Contains('=')
                ? KeyValueParser.Parse(trimmed.ToString())
                : Fault(DatabaseUrlPart.Scheme, "The address does not begin with a scheme. Write postgresql://user:password@host:5432/database.");
        }

        var written = trimmed[..schemeEnd];
        var rest = trimmed[(schemeEnd + 3)..];
        var plus = written.IndexOf('+');
        var scheme = (plus < 0 ? written : written[..plus]).ToString();
        var driver = plus < 0 ? null : written[(plus + 1)..].ToString();
        if (driver is not null && (driver.Length == 0 || !driver.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
        {
            return Fault(DatabaseUrlPart.Scheme, "The driver after the plus sign is not a name. Write postgresql:// or, for example, postgresql+psycopg2://.");
        }

        return scheme switch
        {
            "postgresql" or "postgres" => ParseServer(scheme, driver, rest),
            "sqlite" => ParseSqlite(scheme, driver, rest),
            _ when scheme.StartsWith('"') || scheme.StartsWith('\'') =>
                Fault(DatabaseUrlPart.Scheme, "The address stands in quotation marks. Remove them."),
            _ when scheme.Contains('=') =>
                KeyValueParser.Parse(trimmed.ToString()),
            _ => Fault(DatabaseUrlPart.Scheme, "The scheme is not PostgreSQL's. Write postgresql://, in lower case."),
        };
    }

    private static DatabaseUrlResult ParseSqlite(string scheme, string? driver, ReadOnlySpan<char> rest)
    {
        var path = rest.IndexOf('?') is >= 0 and var query ? rest[..query] : rest;
        if (!path.IsEmpty && path[0] != '/')
        {
            return Fault(DatabaseUrlPart.Text, "A sqlite address has three slashes before the path: sqlite:///path.");
        }

        var decoded = PercentText.Decode(path.IsEmpty ? path : path[1..]);
        return decoded is null
            ? Fault(DatabaseUrlPart.Database, "The path of the sqlite address has a % that is not followed by two hex digits.")
            : new DatabaseUrlResult(new DatabaseUrl(DatabaseUrlKind.Sqlite, scheme) { Driver = driver, Database = decoded });
    }

    private static DatabaseUrlResult ParseServer(string scheme, string? driver, ReadOnlySpan<char> rest)
    {
        string? user = null;
        string? password = null;
        var slash = rest.IndexOf('/');
        var credentials = slash < 0 ? rest : rest[..slash];
        var at = credentials.IndexOf('@');
        if (at >= 0)
        {
            if (IsSecondAt(credentials[(at + 1)..]))
            {
                return Fault(DatabaseUrlPart.Password, $"There is more than one @ before the host. {EncodeHint}");
            }

            credentials = credentials[..at];
            var colon = credentials.IndexOf(':');
            user = PercentText.Decode(colon < 0 ? credentials : credentials[..colon]);
            if (user is null)
            {
                return Fault(DatabaseUrlPart.User, $"The user has a % that does not begin a percent-encoded character. {EncodeHint}");
            }

            password = colon < 0 ? null : PercentText.Decode(credentials[(colon + 1)..]);
            if (colon >= 0 && password is null)
            {
                return Fault(DatabaseUrlPart.Password, $"The password has a % that does not begin a percent-encoded character. {EncodeHint}");
            }

            user = user.Length == 0 && password is null ? null : user;
            rest = rest[(at + 1)..];
        }

        var end = rest.IndexOfAny('/', '?');
        var hosts = HostListParser.Parse(end < 0 ? rest : rest[..end], out var fault);
        if (hosts is null)
        {
            return new DatabaseUrlResult(fault!);
        }

        rest = end < 0 ? [] : rest[end..];
        string? database = null;
        if (!rest.IsEmpty && rest[0] == '/')
        {
            var query = rest.IndexOf('?');
            var name = query < 0 ? rest[1..] : rest[1..query];
            if (name.Contains('@'))
            {
                return Fault(DatabaseUrlPart.Password, $"There is an @ behind the first slash, as if the password held a slash. {EncodeHint}");
            }

            database = PercentText.Decode(name);
            if (database is null)
            {
                return Fault(DatabaseUrlPart.Database, "The database name has a % that does not begin a percent-encoded character.");
            }

            database = database.Length == 0 ? null : database;
            rest = query < 0 ? [] : rest[query..];
        }

        var parts = new UrlParts(user, password, hosts, database);
        return (rest.IsEmpty ? null : QueryParser.Apply(rest[1..], ref parts)) is { } wrong
            ? new DatabaseUrlResult(wrong)
            : new DatabaseUrlResult(new DatabaseUrl(DatabaseUrlKind.Url, scheme)
            {
                Driver = driver,
                User = parts.User,
                Password = parts.Password,
                Hosts = parts.Hosts,
                Database = parts.Database,
                Parameters = parts.Parameters,
            });
    }

    /// <summary>An @ that cannot be in a host; one inside a query that follows directly is none of ours.</summary>
    private static bool IsSecondAt(ReadOnlySpan<char> afterFirst)
    {
        var second = afterFirst.IndexOf('@');
        var query = afterFirst.IndexOf('?');
        return second >= 0 && (query < 0 || second < query);
    }

    private static bool IsPlainText(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return false;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static DatabaseUrlResult Fault(DatabaseUrlPart part, string words) => new(new DatabaseUrlFault(part, words));
}
