using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>What protects the product's data at the server.</summary>
/// <param name="ServerOffersTls">The server's setting <c>ssl</c>.</param>
/// <param name="EncryptedSessions">Sessions of this database that came over the network and are encrypted, the dashboard's own left out (<c>pg_stat_ssl</c>); null when the role may not see them.</param>
/// <param name="PlainSessions">The same, not encrypted.</param>
/// <param name="Tables">The product's tables in the schema public, by name.</param>
/// <param name="Roles">Roles that may sign in, by name: at most <see cref="ProtectionReader.MostRoles"/>.</param>
public sealed record ProtectionReading(
    bool ServerOffersTls,
    int? EncryptedSessions,
    int? PlainSessions,
    IReadOnlyList<RowSecurity> Tables,
    ImmutableSortedDictionary<string, RolePowers> Roles);
