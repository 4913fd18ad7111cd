namespace MnfstRag.Postgres.Watching;

/// <summary>What the role that the product signs in with may do, and how its sessions are protected (<c>pg_roles</c>, <c>pg_stat_ssl</c>, 14–18).</summary>
/// <param name="Exists">There is such a role; false too when no name was given.</param>
/// <param name="TooMuch">Attributes that a product needs none of: "superuser", "bypasses row level security", "creates roles", "creates databases", "replicates".</param>
/// <param name="OwnsTables">Tables of this database that it owns: an owner passes row level security unless it is forced.</param>
/// <param name="ServerTls">ssl is on at the server.</param>
/// <param name="PasswordEncryption">password_encryption: how new passwords are stored.</param>
/// <param name="Sessions">Sessions of the product's backend now.</param>
/// <param name="Encrypted">Of them, those over TLS; null when the watching role may not see that.</param>
/// <param name="TenantTables">Tables of the product that hold tenants' rows.</param>
/// <param name="FencedTables">Of them, those with row level security enabled.</param>
/// <param name="UnboundTables">Of those, the ones where it does not bind the role: it bypasses it, or has the owner's rights and is not forced.</param>
public sealed record ApplicationRole(
    bool Exists,
    IReadOnlyList<string> TooMuch,
    long OwnsTables,
    bool ServerTls,
    string PasswordEncryption,
    int Sessions,
    int? Encrypted,
    int TenantTables,
    int FencedTables,
    int UnboundTables);
