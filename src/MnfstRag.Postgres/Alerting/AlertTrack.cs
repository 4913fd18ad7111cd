using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Alerting;

/// <summary>How far an alert is on its way: raised, about to be, or about to end.</summary>
/// <param name="Raised">Level it was raised at; null while it is not.</param>
/// <param name="WarningSince">Since when every value was at least a warning; null when the last was not.</param>
/// <param name="CriticalSince">The same for critical.</param>
/// <param name="EasedSince">Since when every value was eased enough for the raised level; null when the last was not.</param>
public sealed record AlertTrack(FindingLevel? Raised, DateTimeOffset? WarningSince, DateTimeOffset? CriticalSince, DateTimeOffset? EasedSince)
{
    /// <summary>Nothing is wrong.</summary>
    public static AlertTrack Quiet { get; } = new(null, null, null, null);

    /// <summary>An alert that the store remembers as raised.</summary>
    public static AlertTrack At(FindingLevel level) => Quiet with { Raised = level };
}
