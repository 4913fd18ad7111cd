using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>DATABASE_URL by itself.</summary>
internal sealed class DatabaseUrlRules : IRule
{
    internal const string Key = "DATABASE_URL";

    private const int ShortestPassword = 12;

    /// <summary>Parameters that asyncpg takes for arguments it does not have.</summary>
    private static readonly string[] NotAsyncpgs = ["sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "options", "application_name"];

    public IEnumerable<Finding> Judge(EnvironmentSettings settings) => !settings.IsSet(Key)
        ? [Missing(settings)]
        : [.. settings.Address.Faults.Select(fault => Fault(Key, fault)), .. Unresolved(settings), .. Of(Key, settings.Url, settings), .. Raw(settings)];

    /// <summary>What the parser says, under a rule's name for each part.</summary>
    internal static Finding Fault(string key, DatabaseUrlFault fault) =>
        Finding.Error(key, $"database-url-{(fault.Part is DatabaseUrlPart.Text ? "unreadable" : fault.Part.ToString().ToLowerInvariant())}", fault.Words,
            "Write postgresql://user:password@host:5432/database, with / @ : and % of the password percent-encoded.");

    /// <summary>What holds for every address of a PostgreSQL server.</summary>
    internal static IEnumerable<Finding> Of(string key, DatabaseUrl? url, EnvironmentSettings settings)
    {
        if (url is null)
        {
            return [];
        }

        if (!url.IsMonitorable)
        {
            return [Finding.Warning(key, "sqlite-url", "sqlite is legal for the product, but there is no server behind it: nothing can be monitored, and the live checks have nothing to ask.", "Write a postgresql:// address to have the database monitored.")];
        }

        return [.. Scheme(key, url), .. Parts(key, url, settings), .. Hosts(key, url), .. Parameters(key, url)];
    }

    private static Finding Missing(EnvironmentSettings settings) => settings.ReadsVault
        ? Finding.Warning(Key, "database-url-missing",
            "DATABASE_URL is not set here. Vault is configured and gives it in production (secret/database, field url), which cannot be checked from the file.", "Make sure that the field url is there.")
        : Finding.Error(Key, "database-url-missing", "DATABASE_URL is not set: the backend has no database.", "Write DATABASE_URL=postgresql://user:password@host:5432/database.");

    /// <summary>Of an address with a reference that nothing resolves, the scheme is known all the same.</summary>
    private static IEnumerable<Finding> Unresolved(EnvironmentSettings settings) =>
        settings.Address is { Url: null, Faults.Count: 0, Readable: { IsMonitorable: true } readable } ? Scheme(Key, readable) : [];

    private static IEnumerable<Finding> Raw(EnvironmentSettings settings)
    {
        if (settings.Url is { Kind: DatabaseUrlKind.Url } && settings.Text(Key) is { } text && text.Split('?')[0].Any(letter => letter is '#' or ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' || letter > '~'))
        {
            yield return Finding.Warning(Key, "database-url-encoding",
                "The address holds a character that belongs percent-encoded. psycopg2 reads it; the guide's settings model, which takes # for the address's end, may not.",
                "Percent-encode it: %23 for #, %20 for a space.");
        }
    }

    private static IEnumerable<Finding> Scheme(string key, DatabaseUrl url)
    {
        if (url.Kind is DatabaseUrlKind.KeyValue)
        {
            yield return Finding.Error(key, "database-url-scheme", "This is a list of settings, not an address. SQLAlchemy refuses it.", "Write postgresql://user:password@host:5432/database.");
        }
        else if (url.Scheme is "postgres")
        {
            yield return Finding.Error(key, "postgres-scheme", "SQLAlchemy 1.4 and newer refuse postgres://.", "Write postgresql://.");
        }

        if (url.Driver is not null)
        {
            yield return Finding.Warning(key, "driver-url", "The address names a driver after the plus sign. SQLAlchemy takes that; the guide's own settings model refuses it.", "Write postgresql:// without a driver.");
        }
    }

    private static IEnumerable<Finding> Parts(string key, DatabaseUrl url, EnvironmentSettings settings)
    {
        if (string.IsNullOrEmpty(url.Database))
        {
            yield return Finding.Warning(key, "database-missing", "The address names no database, so the user's name is taken for it.", "Add /database.");
        }

        if (string.IsNullOrEmpty(url.User))
        {
            yield return Finding.Warning(key, "user-missing", "The address names no user, so the operating system's user signs in.", "Add user:password@ before the host.");
        }
        else if (string.IsNullOrEmpty(url.Password) && url.Parameter("sslcert") is null && url.Parameter("passfile") is null && !settings.IsSet("DB_SSL_CERT_PATH"))
        {
            const string Message = "The address has no password.";
            yield return settings.IsDevelopment
                ? Finding.Note(key, "password-missing", $"{Message} That works where the server trusts this machine, or ~/.pgpass has it.")
                : Finding.Warning(key, "password-missing", Message, "Add it: postgresql://user:password@host. Where a client certificate signs in, name it by sslcert.");
        }
        else if (url.Password is { Length: > 0 } password && !settings.IsDevelopment && !PlaceholderRules.IsPlaceholder(password))
        {
            const string Remedy = "Choose at least 16 random characters: openssl rand -hex 24.";
            if (password == url.User || SecretStrength.IsCommon(password))
            {
                yield return Finding.Warning(key, "password-weak", "The database's password is one of those that are tried first.", Remedy);
            }
            else if (password.Length < ShortestPassword)
            {
                yield return Finding.Note(key, "password-short", $"The database's password has fewer than {ShortestPassword} characters.", Remedy);
            }
        }
    }

    private static IEnumerable<Finding> Hosts(string key, DatabaseUrl url)
    {
        var refusals = url.Hosts.Select(host => ReachPolicy.OwnMachine.Refusal(host)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (url.Hosts.Any(host => host.IsUnixSocket))
        {
            yield return Finding.Note(key, "unix-socket", "The address names a directory with a unix socket. The backend can use it on the server's own machine; the dashboard does not connect to it.", "Name a host, for example localhost.");
            yield break;
        }

        foreach (var refusal in refusals)
        {
            yield return Finding.Error(key, "host-not-allowed", refusal, "Name the server's own host.");
        }

        if (url.Hosts is [{ Name.Length: 0 }])
        {
            yield return Finding.Warning(key, "host-missing", "The address names no host. libpq then takes a unix socket of the same machine; the guide's settings model refuses it.", "Add the host: postgresql://user:password@localhost/database.");
        }

        if (url.Hosts.Count > 1 && url.Parameter("target_session_attrs") is not ("read-write" or "primary"))
        {
            yield return Finding.Note(key, "several-hosts", "The address has several hosts and the first that answers is taken, a standby too.", "Add target_session_attrs=read-write.");
        }
    }

    private static IEnumerable<Finding> Parameters(string key, DatabaseUrl url)
    {
        if (url.Kind is DatabaseUrlKind.Url && url.Driver is "asyncpg" && AsyncpgRefuses(url) is { Length: > 0 } refused)
        {
            yield return Finding.Error(key, "asyncpg-parameter", $"asyncpg refuses {refused} in the address and does not connect.", "Write ssl=require instead of sslmode, and leave the time-out to connect_args.");
        }
        else if (url.Kind is DatabaseUrlKind.Url && url.Driver is null && AsyncpgRefuses(url) is { Length: > 0 } kept)
        {
            yield return Finding.Note(key, "asyncpg-rewrite", $"Where the guide's code rewrites this address to postgresql+asyncpg://, asyncpg refuses {kept} and does not connect.", "Give an async engine its own address, with ssl= instead of sslmode=.");
        }

        if (key == Key && url.Parameter("target_session_attrs") is ("read-only" or "standby"))
        {
            yield return Finding.Error(key, "target-read-only", "target_session_attrs asks for a server that cannot be written to, and the backend writes.", "Write target_session_attrs=read-write, or leave it out.");
        }
    }

    private static string AsyncpgRefuses(DatabaseUrl url) =>
        string.Join(" and ", NotAsyncpgs.Where(name => url.Parameter(name) is not null));
}
