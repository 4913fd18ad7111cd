using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Validating;

/// <summary>One host of one address, and how it is to be reached.</summary>
/// <param name="Key">The key whose address it is: DATABASE_URL or DATABASE_REPLICA_URLS.</param>
/// <param name="Url">The address with this host alone. It holds the password.</param>
/// <param name="Tls">The encryption asked for.</param>
/// <param name="IsAlone">It is the address's only host.</param>
internal sealed record LiveTarget(string Key, DatabaseUrl Url, TlsWish Tls, bool IsAlone)
{
    /// <summary>The host.</summary>
    public DatabaseHost Host => Url.Hosts[0];

    /// <summary>It serves reading only.</summary>
    public bool IsReplica => Key == ReplicaRules.Key;

    /// <summary>The host alone.</summary>
    public override string ToString() => Host.ToString();

    /// <summary>Every host of an address by itself.</summary>
    public static IEnumerable<LiveTarget> Of(string key, DatabaseUrl url, EnvironmentSettings settings) => url.Hosts.Select(host => new LiveTarget(
        key,
        new DatabaseUrl(url.Kind, url.Scheme) { Hosts = [host], User = url.User, Password = url.Password, Database = url.Database, Parameters = url.Parameters },
        TlsWish.Of(url, settings),
        url.Hosts.Count == 1));
}
