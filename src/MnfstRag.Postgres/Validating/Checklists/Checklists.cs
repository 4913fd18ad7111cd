namespace MnfstRag.Postgres.Validating;

/// <summary>The checklists of the product's configuration guide, judged by evidence.</summary>
public static class Checklists
{
    /// <summary>Days that the word of a person holds.</summary>
    public const int AttestationDays = 90;

    /// <summary>All items of a list, in the guide's order.</summary>
    public static IReadOnlyList<ChecklistItem> Of(ChecklistKind kind, ChecklistEvidence evidence) => kind switch
    {
        ChecklistKind.Development => [.. DevelopmentChecklist.Of(evidence)],
        ChecklistKind.Production => [.. ProductionChecklist.Of(evidence)],
        _ => [.. SecurityChecklist.Of(evidence)],
    };

    /// <summary>The list that an environment is measured by first.</summary>
    public static ChecklistKind For(EnvironmentKind kind) => kind == EnvironmentKind.Development ? ChecklistKind.Development : ChecklistKind.Production;
}
