namespace MnfstRag.Postgres.Connecting;

/// <summary>What a server is, and what the connected role may do there. Read once a connection, and again every minute.</summary>
/// <param name="VersionNumber"><c>server_version_num</c>, e.g. 180004.</param>
/// <param name="Version"><c>server_version</c>, e.g. "18.4".</param>
/// <param name="Database">Connected database.</param>
/// <param name="Role">Connected role.</param>
/// <param name="IsSuperuser">The role is superuser.</param>
/// <param name="ReadsAllStats">Superuser, or may use pg_read_all_stats: other roles' sessions are not hidden.</param>
/// <param name="ReadsAllSettings">Superuser, or may use pg_read_all_settings.</param>
/// <param name="SignalsBackends">Superuser, or may use pg_signal_backend.</param>
/// <param name="InRecovery">A standby.</param>
/// <param name="TransactionPooler">Connected through a pooler in transaction mode: no session state.</param>
/// <param name="SystemIdentifier">Identity of the cluster; null when the role may not read pg_control_system().</param>
/// <param name="PostmasterStart">When the server started.</param>
/// <param name="Extensions">Installed in this database, name to version.</param>
/// <param name="TrackActivities"><c>track_activities</c> as this session has it.</param>
/// <param name="TrackActivityQuerySize">Bytes of query text the server keeps.</param>
public sealed record Capabilities(
    int VersionNumber,
    string Version,
    string Database,
    string Role,
    bool IsSuperuser,
    bool ReadsAllStats,
    bool ReadsAllSettings,
    bool SignalsBackends,
    bool InRecovery,
    bool TransactionPooler,
    string? SystemIdentifier,
    DateTimeOffset PostmasterStart,
    IReadOnlyDictionary<string, string> Extensions,
    bool TrackActivities,
    int TrackActivityQuerySize)
{
    /// <summary>Schema of each extension installed in this database: its objects are named with it.</summary>
    public IReadOnlyDictionary<string, string> ExtensionSchemas { get; init; } = new Dictionary<string, string>();

    /// <summary>May list files of the log and of its archive (<c>pg_ls_waldir()</c>), as pg_monitor may.</summary>
    public bool ListsServerFiles { get; init; }

    /// <summary>Major version, e.g. 18.</summary>
    public int Major => VersionNumber / 10000;

    /// <summary>Nothing is known yet: what readers are given that find it out.</summary>
    internal static Capabilities Unknown { get; } = new(
        0, "", "", "", false, false, false, false, false, false, null, default, new Dictionary<string, string>(), true, 1024);
}
