namespace MnfstRag.Admin.Data.Entities;

/// <summary>One message to one channel, with all alerts that changed together. Written together with the note that they were told.</summary>
public sealed class AlertDeliveryRow
{
    /// <summary>Given when it is made; sent along, so that a receiver knows a message that comes twice.</summary>
    public Guid Id { get; set; }

    /// <summary>To whom.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>One line.</summary>
    public required string Subject { get; set; }

    /// <summary>The message as JSON.</summary>
    public required string Body { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>When it is tried next.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When the receiver took it; null before.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>When it was given up; null before. A person may have it tried again.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why the last attempt failed, in words.</summary>
    public string? Fault { get; set; }
}
