namespace MnfstRag.Admin.Live.Alerting;

/// <summary>The server that takes mail. Its "host:port" must stand in <c>Outgoing:Allowed</c>. Section <c>Alerts:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Its host; without it no mail is sent.</summary>
    public string? Host { get; set; }

    /// <summary>Its port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Whom to sign in as; nobody when empty.</summary>
    public string? User { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds it instead.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The sender: "alerts@example.org".</summary>
    public string? From { get; set; }
}
