namespace MnfstRag.Postgres.Watching;

/// <summary>How many connections the server admits (<c>pg_settings</c>, readable by every role).</summary>
/// <param name="MaxConnections"><c>max_connections</c>.</param>
/// <param name="SuperuserReserved"><c>superuser_reserved_connections</c>.</param>
/// <param name="Reserved"><c>reserved_connections</c>, for members of pg_use_reserved_connections (16+); 0 below.</param>
public sealed record ServerLimits(int MaxConnections, int SuperuserReserved, int Reserved)
{
    /// <summary>What an ordinary role may use before 53300.</summary>
    public int Ordinary => Math.Max(0, MaxConnections - SuperuserReserved - Reserved);
}
