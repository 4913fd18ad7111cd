using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>A server as a report names it.</summary>
internal static class ServerName
{
    /// <summary>"host:port/database", several hosts with commas between: nothing of user, password or parameters.</summary>
    public static string Of(DatabaseUrl url) => $"{string.Join(',', url.Hosts)}/{url.Database ?? url.User ?? "postgres"}";
}
