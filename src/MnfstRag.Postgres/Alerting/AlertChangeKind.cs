namespace MnfstRag.Postgres.Alerting;

/// <summary>What became of an alert.</summary>
public enum AlertChangeKind
{
    /// <summary>It began.</summary>
    Raised,

    /// <summary>It was a warning and is critical now.</summary>
    Worsened,

    /// <summary>It was critical and is a warning now: shown, and sent to nobody.</summary>
    Eased,

    /// <summary>It is over.</summary>
    Ended,
}
