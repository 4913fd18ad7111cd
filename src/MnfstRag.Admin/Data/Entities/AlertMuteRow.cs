namespace MnfstRag.Admin.Data.Entities;

/// <summary>A time in which nobody is told of some alerts. They are judged and shown all the same.</summary>
public sealed class AlertMuteRow
{
    /// <summary>Given when it is made.</summary>
    public Guid Id { get; set; }

    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Key of the rule; null for all.</summary>
    public string? Rule { get; set; }

    /// <summary>Object; null for all.</summary>
    public string? Object { get; set; }

    /// <summary>Why, in their words.</summary>
    public required string Reason { get; set; }

    /// <summary>Name of who made it.</summary>
    public required string By { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>From then on; later than <see cref="At"/> for planned work.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>Until then.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>It keeps <paramref name="alert"/> quiet at a moment.</summary>
    public bool Covers(AlertRow alert, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return From <= at && Until > at && EnvironmentId == alert.EnvironmentId && (Rule is null || Rule == alert.Rule) && (Object is null || Object == alert.Object);
    }
}
