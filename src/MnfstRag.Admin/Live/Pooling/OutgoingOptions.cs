namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Which addresses besides the databases may be asked. Section <c>Outgoing</c>.</summary>
public sealed class OutgoingOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Outgoing";

    /// <summary>"host:port", several apart by comma: no other is asked, and loopback and private ones only when they stand here.</summary>
    public string? Allowed { get; set; }
}
