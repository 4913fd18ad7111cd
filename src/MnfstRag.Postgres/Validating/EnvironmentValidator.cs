namespace MnfstRag.Postgres.Validating;

/// <summary>Judges one environment's settings without asking anybody: every key by itself, and all of them together.</summary>
public static class EnvironmentValidator
{
    private static readonly IRule[] Rules =
    [
        new FileRules(), new KeyRules(), new TypeRules(), new PlaceholderRules(), new DatabaseUrlRules(), new ReplicaRules(), new SupabaseRules(), new TlsRules(),
        new PoolRules(), new TokenRules(), new OriginRules(), new VaultRules(), new ProductionRules(), new AdviceRules(),
    ];

    /// <summary>All findings, the most serious first, then by the file's order.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="others">Other environments whose secrets these must not share.</param>
    public static IReadOnlyList<Finding> Validate(EnvironmentSettings settings, IReadOnlyList<EnvironmentSettings>? others = null) =>
        Sorted(WithoutSpareAdvice([.. Rules.SelectMany(rule => rule.Judge(settings)), .. ReuseRules.Judge(settings, others ?? [])]), settings);

    /// <summary>Where a key has a warning or an error, the guide's recommendation for it would only say the same again.</summary>
    private static IEnumerable<Finding> WithoutSpareAdvice(List<Finding> findings)
    {
        var faulty = findings.Where(finding => finding.Level > FindingLevel.Note).Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);
        return findings.Where(finding => finding.Rule != "recommendation" || !faulty.Contains(finding.Key));
    }

    /// <summary>The order in which findings are shown.</summary>
    internal static IReadOnlyList<Finding> Sorted(IEnumerable<Finding> findings, EnvironmentSettings settings) =>
    [
        .. findings.Distinct()
            .OrderByDescending(finding => finding.Level)
            .ThenBy(finding => settings.Values.TryGetValue(finding.Key, out var value) ? value.Line : int.MaxValue)
            .ThenBy(finding => finding.Key, StringComparer.Ordinal)
            .ThenBy(finding => finding.Rule, StringComparer.Ordinal),
    ];
}
