using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The own store, as <c>ConnectionStrings:Admin</c> names it (a DATABASE_URL or Npgsql's own form).</summary>
internal sealed class LeadershipStore(IConfiguration configuration, StoreConnections? connections = null) : ILeadershipStore
{
    private readonly DatabaseUrl? _url = DatabaseUrl.Parse(configuration.GetConnectionString("Admin")).Url;

    /// <inheritdoc />
    public string ConnectionString
    {
        get
        {
            var url = _url ?? throw new InvalidOperationException("ConnectionStrings:Admin is missing or names no PostgreSQL database.");
            return new NpgsqlConnectionStringBuilder((url.Hosts.Count > 1 && connections is not null ? url.At(connections.Host) : url).ToConnectionStringBuilder().ConnectionString)
            {
                ApplicationName = Shortened($"mnfst-admin on {Environment.MachineName}, process {Environment.ProcessId}"),
                Pooling = false,
                Timeout = 3,
                CommandTimeout = 3,
                TcpKeepAlive = true,
            }.ConnectionString;
        }
    }

    /// <inheritdoc />
    public string Explain(Exception exception) =>
        "The dashboard's own store does not answer, so it is not known whether another instance already watches; reading has stopped. "
        + (_url is { } url ? ConnectionFault.From(exception, url).Words : "ConnectionStrings:Admin is missing or names no PostgreSQL database.");

    /// <summary>The server cuts application_name at 63 bytes.</summary>
    private static string Shortened(string name) => name.Length <= 63 ? name : name[..63];
}
