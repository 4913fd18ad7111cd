namespace MnfstRag.Admin.Features.Audit;

/// <summary>How far a row is proven.</summary>
public enum AuditProof
{
    /// <summary>An event, an outcome, or an intent whose outcome stands in the log.</summary>
    Proven,

    /// <summary>An intent of the last minute: its outcome may still come.</summary>
    Running,

    /// <summary>An intent without an outcome: whether it happened is not known.</summary>
    Unproven,
}
