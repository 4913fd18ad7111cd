namespace MnfstRag.Admin.Access.Audit;

/// <summary>What an audit row tells. An intent without its outcome is shown as unproven.</summary>
public enum AuditPhase
{
    /// <summary>A fact that needs no second row: a sign-in, a refusal, a role changed in our own store.</summary>
    Event,

    /// <summary>Written before an action on a watched server; without it the action does not happen.</summary>
    Intent,

    /// <summary>Written after, with the intent's correlation id.</summary>
    Outcome,
}
