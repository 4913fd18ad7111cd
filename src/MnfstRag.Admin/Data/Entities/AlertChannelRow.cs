using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Data.Entities;

/// <summary>Where alerts are sent.</summary>
public sealed class AlertChannelRow
{
    /// <summary>Given when it is made.</summary>
    public Guid Id { get; set; }

    /// <summary>As people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Webhook or e-mail.</summary>
    public AlertChannelKind Kind { get; set; }

    /// <summary>What may be shown of its address: host and port, or recipients.</summary>
    public required string Place { get; set; }

    /// <summary>The webhook's whole address, encrypted: some carry their secret in the path. Null for e-mail.</summary>
    public string? ProtectedAddress { get; set; }

    /// <summary>The key that signs what is sent, encrypted. Null for e-mail.</summary>
    public string? ProtectedKey { get; set; }

    /// <summary>The only environment it is for; null for all.</summary>
    public Guid? EnvironmentId { get; set; }

    /// <summary>Alerts below this level are not sent.</summary>
    public FindingLevel Least { get; set; }

    /// <summary>It is used.</summary>
    public bool Enabled { get; set; }

    /// <summary>Name of who changed it last.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
