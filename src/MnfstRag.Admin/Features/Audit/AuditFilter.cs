namespace MnfstRag.Admin.Features.Audit;

/// <summary>Which rows of the audit log are wanted. What is null or empty does not narrow.</summary>
public sealed record AuditFilter
{
    /// <summary>Part of the actor's name.</summary>
    public string? Actor { get; init; }

    /// <summary>Beginning of the action's name: "backend" finds <c>backend.cancel</c> and <c>backend.terminate</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Environment's name, exactly.</summary>
    public string? Environment { get; init; }

    /// <summary>Part of the object or of the outcome.</summary>
    public string? Text { get; init; }

    /// <summary>Written at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Written before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only intents whose outcome is missing.</summary>
    public bool UnprovenOnly { get; init; }

    /// <summary>It lets every row through.</summary>
    public bool IsEmpty => this == new AuditFilter();
}
