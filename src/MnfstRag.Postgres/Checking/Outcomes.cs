namespace MnfstRag.Postgres.Checking;

/// <summary>Several findings of one check as one outcome.</summary>
internal static class Outcomes
{
    /// <summary>The most serious verdict, the most serious evidence first, each remedy once. A skipped part weighs more than an ok one: part of the question is open.</summary>
    public static CheckOutcome Together(IEnumerable<CheckOutcome> parts)
    {
        var ordered = parts.OrderByDescending(part => Weight(part.Verdict)).ToList();
        var evidence = string.Join(" ", ordered.Select(part => part.Evidence));
        var remedies = ordered.Select(part => part.Remedy).Where(remedy => remedy.Length > 0).Distinct(StringComparer.Ordinal);
        return new(ordered[0].Verdict, evidence, string.Join(" ", remedies));
    }

    private static int Weight(Verdict verdict) => verdict switch
    {
        Verdict.Failing => 3,
        Verdict.Warning => 2,
        Verdict.Skipped => 1,
        _ => 0,
    };
}
