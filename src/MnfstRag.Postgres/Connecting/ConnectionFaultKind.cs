namespace MnfstRag.Postgres.Connecting;

/// <summary>Cause of a <see cref="ConnectionFault"/>.</summary>
public enum ConnectionFaultKind
{
    /// <summary>None of those below.</summary>
    Other,

    /// <summary>The address cannot be monitored or cannot be used.</summary>
    Address,

    /// <summary>The host's name does not resolve.</summary>
    NameNotFound,

    /// <summary>Nothing listens there, or no route leads there.</summary>
    Refused,

    /// <summary>No answer within the time limit: a hanging server, a firewall that drops, a full queue.</summary>
    NoAnswer,

    /// <summary>The server refused the password, or this user from this address (28P01, 28000).</summary>
    Rejected,

    /// <summary>The database does not exist (3D000).</summary>
    NoDatabase,

    /// <summary>All connection slots for this role are in use (53300).</summary>
    NoSlots,

    /// <summary>The server starts, stops or recovers (57P03).</summary>
    NotReady,

    /// <summary>The connection was ended: terminated, server shut down or crashed (57P01–57P02, end of stream).</summary>
    Lost,

    /// <summary>TLS was asked for and not given, or the certificate does not verify.</summary>
    Tls,

    /// <summary>The role lacks a privilege (42501).</summary>
    Privilege,

    /// <summary>A pooler in between refused.</summary>
    Pooler,

    /// <summary>The server is a standby, or read-only: it refuses writes (25006).</summary>
    ReadOnly,
}
