namespace MnfstRag.Postgres.Fencing;

/// <summary>A self-test's attempts and their outcome.</summary>
/// <param name="Attempts">In the order in which they were made.</param>
/// <param name="AsOf">When it began, by our clock.</param>
/// <param name="Fault">Why it ended early, in words; null when it was carried through.</param>
public sealed record FenceProof(IReadOnlyList<FenceAttempt> Attempts, DateTimeOffset AsOf, string? Fault = null)
{
    /// <summary>Broken when one got through; held when all were made and none did; not proven otherwise.</summary>
    public FenceVerdict Verdict => Attempts.Any(attempt => attempt.Verdict == FenceVerdict.Broken) ? FenceVerdict.Broken
        : Fault is null && Attempts.Count > 0 && Attempts.All(attempt => attempt.Verdict == FenceVerdict.Held) ? FenceVerdict.Held
        : FenceVerdict.NotProven;
}
