using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Alerting;

/// <summary>One change of an alert.</summary>
/// <param name="Name">Which alert.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Level">Its level now; the last one when it ended.</param>
/// <param name="Reading">What was measured; null when the object is gone or its rule was switched off.</param>
public sealed record AlertChange(AlertName Name, AlertChangeKind Kind, FindingLevel Level, AlertReading? Reading);
