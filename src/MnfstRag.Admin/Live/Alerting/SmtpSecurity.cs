namespace MnfstRag.Admin.Live.Alerting;

/// <summary>How mail is encrypted on its way to the server.</summary>
public enum SmtpSecurity
{
    /// <summary>Begun in clear, and encrypted before anything is said; refused when the server offers no TLS.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (port 465).</summary>
    Tls,

    /// <summary>In clear: for a relay on this machine. Without a password.</summary>
    None,
}
