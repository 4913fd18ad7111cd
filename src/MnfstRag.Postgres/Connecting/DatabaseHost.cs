using System.Globalization;

namespace MnfstRag.Postgres.Connecting;

/// <summary>One server of a DATABASE_URL.</summary>
/// <param name="Name">Name, address (IPv6 without brackets) or directory of a unix socket; empty where none was written.</param>
/// <param name="Port">Port; null where none was written (5432 then).</param>
public readonly record struct DatabaseHost(string Name, int? Port)
{
    /// <summary>PostgreSQL's port where none is written.</summary>
    public const int DefaultPort = 5432;

    /// <summary>The name is a directory that holds a unix socket.</summary>
    public bool IsUnixSocket => Name.StartsWith('/') || Name.StartsWith('@');

    /// <summary>Name to connect to: libpq's default "localhost" where none was written.</summary>
    public string EffectiveName => Name.Length == 0 ? "localhost" : Name;

    /// <summary>Port to connect to.</summary>
    public int EffectivePort => Port ?? DefaultPort;

    /// <summary>The same name, whatever its case, and the same port, written or not.</summary>
    public bool IsSame(DatabaseHost other) =>
        EffectivePort == other.EffectivePort && string.Equals(EffectiveName, other.EffectiveName, StringComparison.OrdinalIgnoreCase);

    /// <summary>"name:port" for people; IPv6 in brackets.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(EffectiveName.Contains(':') ? $"[{EffectiveName}]" : EffectiveName)}:{EffectivePort}");
}
