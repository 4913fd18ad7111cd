using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Pooling;

/// <summary>PgBouncer's admin console. It holds the password: never log it.</summary>
/// <param name="Host">Where it listens.</param>
/// <param name="User">One of admin_users or stats_users.</param>
/// <param name="Password">Null where it asks for none.</param>
/// <param name="TlsMode">libpq's sslmode.</param>
/// <param name="Authority">Path of the authority's certificates; null or "system" for this machine's.</param>
public sealed record PgBouncerAddress(DatabaseHost Host, string User, string? Password, string TlsMode, string? Authority)
{
    /// <summary>The console is a database of this name.</summary>
    public const string Database = "pgbouncer";

    private const int DefaultPort = 6432;
    private static readonly string[] Modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>The connection must be encrypted.</summary>
    internal bool DemandsTls => TlsMode is "require" or "verify-ca" or "verify-full";

    /// <summary>Reads an address like postgresql://stats:secret@host:6432/pgbouncer.</summary>
    /// <returns>The address, or why it is none.</returns>
    public static (PgBouncerAddress? Address, string? Fault) Parse(string? text)
    {
        if (!DatabaseUrl.Parse(text).Succeeded(out var url, out var fault))
        {
            return (null, fault.Words);
        }

        if (!url.IsMonitorable || url.Hosts is not [var host])
        {
            return (null, "A PgBouncer address names one host: postgresql://user:password@host:6432/pgbouncer.");
        }

        if (url.Database is { Length: > 0 } database && database != Database)
        {
            return (null, $"The admin console is the database {Database}, not {database}: postgresql://user:password@host:6432/pgbouncer.");
        }

        var authority = url.Parameter("sslrootcert");
        var mode = url.Parameter("sslmode") ?? "prefer";
        return Modes.Contains(mode, StringComparer.Ordinal)
            ? (new PgBouncerAddress(
                host with { Port = host.Port ?? DefaultPort },
                string.IsNullOrEmpty(url.User) ? Database : url.User,
                string.IsNullOrEmpty(url.Password) ? null : url.Password,
                authority is "system" ? "verify-full" : mode is "require" && authority is not null ? "verify-ca" : mode,
                authority is "system" ? null : authority), null)
            : (null, $"sslmode must be one of {string.Join(", ", Modes)}.");
    }

    /// <summary>User and host; never the password.</summary>
    public override string ToString() => $"{User}@{Host}";
}
