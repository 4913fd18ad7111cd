namespace MnfstRag.Postgres.Validating;

/// <summary>What a signed-in session sees of itself and its server (14–18).</summary>
internal sealed record ServerFacts(
    int VersionNumber,
    string Version,
    bool InRecovery,
    bool Encrypted,
    string? Protocol,
    string? Cipher,
    bool IsSuperuser,
    bool CreatesRoles,
    bool CreatesDatabases,
    bool BypassesRowSecurity,
    string[] Tables,
    string[] Unreadable,
    string[] Unwritable,
    int MaxConnections,
    int ReservedConnections,
    int RoleLimit,
    int DatabaseLimit,
    int OtherSessions,
    int OwnSessions,
    int DashboardSessions,
    IReadOnlyList<BackendSessions> Backends,
    int BackendPid);
