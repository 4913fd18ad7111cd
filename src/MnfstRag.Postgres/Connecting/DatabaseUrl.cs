using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace MnfstRag.Postgres.Connecting;

/// <summary>
/// A database address as the product writes it in <c>DATABASE_URL</c>, taken apart by libpq's rules. It holds the password:
/// <see cref="ToString"/> masks it, <see cref="ToText"/> does not.
/// </summary>
public sealed class DatabaseUrl
{
    private static readonly string[] TargetParameters = ["target_session_attrs", "Target Session Attributes", "TargetSessionAttributes", "load_balance_hosts", "Load Balance Hosts", "Host Recheck Seconds"];

    internal DatabaseUrl(DatabaseUrlKind kind, string scheme) => (Kind, Scheme) = (kind, scheme);

    /// <summary>How it was written.</summary>
    public DatabaseUrlKind Kind { get; }

    /// <summary>The scheme as written, without driver: "postgresql", "postgres", "sqlite"; empty for key=value.</summary>
    public string Scheme { get; }

    /// <summary>SQLAlchemy's driver after the plus sign ("asyncpg", "psycopg2"); null without one.</summary>
    public string? Driver { get; internal init; }

    /// <summary>Servers in the order in which they are tried; one with an empty name where none was written; none for sqlite.</summary>
    public IReadOnlyList<DatabaseHost> Hosts { get; internal init; } = [];

    /// <summary>User, decoded.</summary>
    public string? User { get; internal init; }

    /// <summary>Password, decoded. Never log it, never render it.</summary>
    public string? Password { get; internal init; }

    /// <summary>Database, decoded; null means the user's name. For sqlite the path.</summary>
    public string? Database { get; internal init; }

    /// <summary>
    /// Everything else, decoded, in the order written: libpq's names for a URL ("sslmode"), Npgsql's for key=value ("SSL Mode").
    /// Names that nothing here knows are kept.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; internal init; } = [];

    /// <summary>There is a PostgreSQL server behind it; false for sqlite.</summary>
    public bool IsMonitorable => Kind != DatabaseUrlKind.Sqlite;

    /// <summary>Which of Supabase's endpoints it names.</summary>
    public SupabaseForm Supabase => SupabaseAddress.FormOf(this);

    /// <summary>The pooler's host is spelt <c>.pooler.supabase.co</c>, as the product's guides do; no such host exists.</summary>
    public bool IsMisspeltSupabasePooler => Hosts.Any(SupabaseAddress.IsMisspelt);

    /// <summary>Reads <paramref name="text"/>. Any text gives a result; none throws.</summary>
    public static DatabaseUrlResult Parse(string? text) => DatabaseUrlParser.Parse(text);

    /// <summary>Value of a parameter by name, whatever its case; null when absent.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in Parameters)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The same address with <paramref name="host"/> as its only server, and whatever server it is: no target_session_attrs.</summary>
    public DatabaseUrl At(DatabaseHost host) => new(Kind, Scheme)
    {
        Driver = Driver,
        Hosts = [host],
        User = User,
        Password = Password,
        Database = Database,
        Parameters = [.. Parameters.Where(parameter => !TargetParameters.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase))],
    };

    /// <summary>The address in full, password included: what <see cref="Parse"/> reads back to the same parts.</summary>
    public string ToText() => DatabaseUrlText.Write(this, masked: false);

    /// <summary>The same database as another role.</summary>
    public DatabaseUrl As(string user, string password) => new(Kind, Scheme)
    {
        Driver = Driver,
        Hosts = Hosts,
        User = user,
        Password = password,
        Database = Database ?? User,
        Parameters = [.. Parameters.Where(one => !one.Key.Equals("user", StringComparison.OrdinalIgnoreCase) && !one.Key.Contains("password", StringComparison.OrdinalIgnoreCase))],
    };

    /// <summary>The address for display: every secret in it replaced by ***.</summary>
    public override string ToString() => DatabaseUrlText.Write(this, masked: true);

    /// <summary>
    /// The same for Npgsql, with libpq's meaning of sslmode: <c>require</c> encrypts without verifying, unless a root certificate
    /// is named (then as verify-ca). Parameters without a counterpart are left out.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="IsMonitorable"/> is false.</exception>
    [SuppressMessage("Usage", "MA0015", Justification = "No parameter is at fault.")]
    public NpgsqlConnectionStringBuilder ToConnectionStringBuilder() => IsMonitorable
        ? NpgsqlSettings.From(this)
        : throw new InvalidOperationException("A sqlite address names no server.");
}
