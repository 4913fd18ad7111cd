namespace MnfstRag.Admin.Hosting.Probing;

/// <summary>Who may ask an endpoint that machines ask without a session.</summary>
public enum ProbeAccess
{
    /// <summary>Nobody: the path is not there.</summary>
    Off,

    /// <summary>Everybody who reaches the port.</summary>
    Anonymous,

    /// <summary>Whoever sends <c>Authorization: Bearer …</c> with the token.</summary>
    Token,

    /// <summary>Whoever comes from one of the networks, after trusted proxies were seen through.</summary>
    Networks,
}
