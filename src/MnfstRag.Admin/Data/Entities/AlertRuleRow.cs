namespace MnfstRag.Admin.Data.Entities;

/// <summary>Thresholds of one rule that an environment has for itself.</summary>
public sealed class AlertRuleRow
{
    /// <summary>Where.</summary>
    public Guid EnvironmentId { get; set; }

    /// <summary>Key of the rule.</summary>
    public required string Rule { get; set; }

    /// <summary>It is judged at all.</summary>
    public bool Enabled { get; set; }

    /// <summary>In the rule's unit; null for no warning.</summary>
    public double? Warning { get; set; }

    /// <summary>In the rule's unit; null for never critical.</summary>
    public double? Critical { get; set; }

    /// <summary>How long a value must stay bad, in seconds.</summary>
    public int ForSeconds { get; set; }

    /// <summary>Name of who set it.</summary>
    public required string By { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}
