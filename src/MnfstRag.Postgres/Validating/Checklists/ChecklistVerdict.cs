namespace MnfstRag.Postgres.Validating;

/// <summary>How an item of a checklist stands.</summary>
public enum ChecklistVerdict
{
    /// <summary>The evidence shows that it is so.</summary>
    Met,

    /// <summary>The evidence shows that it is not.</summary>
    NotMet,

    /// <summary>There is no evidence for either.</summary>
    Unknown,
}
