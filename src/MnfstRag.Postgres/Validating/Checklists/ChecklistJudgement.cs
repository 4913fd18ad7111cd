namespace MnfstRag.Postgres.Validating;

/// <summary>What the evidence says of one item.</summary>
internal readonly record struct ChecklistJudgement(ChecklistVerdict Verdict, string Evidence, string Remedy)
{
    public static ChecklistJudgement Met(string evidence) => new(ChecklistVerdict.Met, evidence, "");

    public static ChecklistJudgement NotMet(string evidence, string remedy) => new(ChecklistVerdict.NotMet, evidence, remedy);

    public static ChecklistJudgement Unknown(string evidence, string remedy) => new(ChecklistVerdict.Unknown, evidence, remedy);

    /// <summary>Met, unless there are findings: then their words.</summary>
    public static ChecklistJudgement Without(IReadOnlyList<Finding> findings, string met) => findings.Count == 0
        ? Met(met)
        : NotMet(
            string.Join(" ", findings.Select(finding => finding.Message).Distinct(StringComparer.Ordinal)),
            string.Join(" ", findings.Select(finding => finding.Remedy).Where(remedy => remedy.Length > 0).Distinct(StringComparer.Ordinal)));
}
