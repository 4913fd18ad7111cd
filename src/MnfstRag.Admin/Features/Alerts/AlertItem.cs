using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>An alert as the page shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Rule">Key of its rule.</param>
/// <param name="Title">What the rule is about.</param>
/// <param name="Object">What it concerns.</param>
/// <param name="Level">How bad it is, or was at its end.</param>
/// <param name="Evidence">What was measured at its last change.</param>
/// <param name="RaisedAt">Since when.</param>
/// <param name="EndedAt">Until when; null while it lasts.</param>
/// <param name="AcknowledgedBy">Who takes care of it; null while nobody does.</param>
/// <param name="AcknowledgedAt">Since when.</param>
/// <param name="Note">What they said.</param>
/// <param name="Muted">Nobody is told of it now.</param>
public sealed record AlertItem(
    Guid Id,
    string Environment,
    string Rule,
    string Title,
    string Object,
    FindingLevel Level,
    string Evidence,
    DateTimeOffset RaisedAt,
    DateTimeOffset? EndedAt,
    string? AcknowledgedBy,
    DateTimeOffset? AcknowledgedAt,
    string? Note,
    bool Muted);
