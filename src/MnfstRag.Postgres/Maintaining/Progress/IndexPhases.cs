namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Where in a whole CREATE INDEX or REINDEX a phase lies. The shares are of ordinary B-tree builds; they only need to move the bar evenly, and the phase
/// itself is told beside it.
/// </summary>
internal static class IndexPhases
{
    /// <summary>Part of the whole, 0–1; null for a phase that is not known.</summary>
    public static double? Part(string phase, double? ofPhase)
    {
        var (from, to) = phase switch
        {
            "initializing" => (0.0, 0.01),
            "waiting for writers before build" => (0.01, 0.02),
            "building index" => (0.02, 0.70),
            _ when phase.StartsWith("building index: scanning", StringComparison.Ordinal) => (0.02, 0.42),
            _ when phase.StartsWith("building index: sorting", StringComparison.Ordinal) => (0.42, 0.48),
            _ when phase.StartsWith("building index", StringComparison.Ordinal) => (0.48, 0.70),
            "waiting for writers before validation" => (0.70, 0.72),
            "index validation: scanning index" => (0.72, 0.80),
            "index validation: sorting tuples" => (0.80, 0.82),
            "index validation: scanning table" => (0.82, 0.96),
            "waiting for old snapshots" => (0.96, 0.98),
            "waiting for readers before marking dead" => (0.98, 0.99),
            "waiting for readers before dropping" => (0.99, 1.0),
            _ => (-1.0, -1.0),
        };
        return from < 0 ? null : from + ((to - from) * Math.Clamp(ofPhase ?? 0, 0, 1));
    }
}
