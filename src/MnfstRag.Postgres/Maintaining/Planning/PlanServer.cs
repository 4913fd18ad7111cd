namespace MnfstRag.Postgres.Maintaining;

/// <summary>Where a plan was made.</summary>
/// <param name="SystemIdentifier">Identity of the cluster; null when the role may not read it.</param>
/// <param name="VersionNumber"><c>server_version_num</c>.</param>
/// <param name="Database">The connected database.</param>
/// <param name="Role">The maintaining role.</param>
/// <param name="PostmasterStart">When the server started.</param>
/// <param name="Standbys">Connected standbys.</param>
/// <param name="LagBytes">The largest replay lag among them in bytes of log; null where there is none, or it is hidden.</param>
public sealed record PlanServer(string? SystemIdentifier, int VersionNumber, string Database, string Role, DateTimeOffset PostmasterStart, int Standbys, long? LagBytes)
{
    /// <summary>Major version, e.g. 18.</summary>
    public int Major => VersionNumber / 10000;
}
