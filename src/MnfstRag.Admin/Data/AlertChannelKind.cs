namespace MnfstRag.Admin.Data;

/// <summary>How alerts are sent.</summary>
public enum AlertChannelKind
{
    /// <summary>A signed POST of JSON.</summary>
    Webhook,

    /// <summary>Mail through the SMTP server of the configuration.</summary>
    Email,
}
