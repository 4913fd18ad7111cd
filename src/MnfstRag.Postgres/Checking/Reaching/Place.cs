namespace MnfstRag.Postgres.Checking;

/// <summary>How far traffic to a server goes.</summary>
internal enum Place
{
    /// <summary>Loopback, or a unix socket.</summary>
    ThisMachine,

    /// <summary>Addresses that the internet does not route (RFC 1918, RFC 4193, link-local), or a name without dots.</summary>
    PrivateNetwork,

    /// <summary>Everything else.</summary>
    PublicNetwork,
}
