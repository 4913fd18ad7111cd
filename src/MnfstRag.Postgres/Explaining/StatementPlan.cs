namespace MnfstRag.Postgres.Explaining;

/// <summary>A plan for a statement with any parameters (a generic plan).</summary>
/// <param name="Root">Its top node.</param>
/// <param name="Json">As the server gave it, literals masked; indented.</param>
/// <param name="Parameters">How many parameters the statement has.</param>
public sealed record StatementPlan(PlanNode Root, string Json, int Parameters)
{
    /// <summary>As EXPLAIN writes it in its text form, literals masked.</summary>
    public string Text => PlanText.Write(Root);

    /// <summary>The node with the greatest cost of its own.</summary>
    public PlanNode Costliest => Root.All.MaxBy(node => node.OwnCost)!;

    /// <summary>Tables it reads, by name.</summary>
    public IReadOnlyList<string> Tables => [.. Root.All.Select(node => node.Relation).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Indexes it uses, by name.</summary>
    public IReadOnlyList<string> Indexes => [.. Root.All.Select(node => node.Index).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
