namespace MnfstRag.Postgres.Explaining;

/// <summary>One node of a plan, as the planner sees it: nothing was run.</summary>
/// <param name="Type">"Index Scan", "Hash Join".</param>
/// <param name="Relation">Table it reads; null when it reads none.</param>
/// <param name="Index">Index it uses.</param>
/// <param name="Alias">Name of the table in the statement, where it differs.</param>
/// <param name="StartupCost">Cost up to its first row, in the planner's units.</param>
/// <param name="TotalCost">Cost of all its rows, those below it included.</param>
/// <param name="Rows">Rows expected.</param>
/// <param name="Width">Bytes of a row.</param>
/// <param name="Conditions">What it filters, joins or sorts by, literals masked: ("Filter", "tenant_id = $1").</param>
/// <param name="Children">Nodes it takes rows from.</param>
public sealed record PlanNode(
    string Type,
    string? Relation,
    string? Index,
    string? Alias,
    double StartupCost,
    double TotalCost,
    double Rows,
    int Width,
    IReadOnlyList<(string Label, string Text)> Conditions,
    IReadOnlyList<PlanNode> Children)
{
    /// <summary>What it is worked out for, where it is not a step of the tree above: "InitPlan 1", "CTE recent"; null for a step.</summary>
    public string? Part { get; init; }

    /// <summary>Its own cost: what is left of the total without its children's. Never below 0, where a LIMIT stops a child early.</summary>
    public double OwnCost => Math.Max(0, TotalCost - Children.Sum(child => child.TotalCost));

    /// <summary>It and all below it, parents first.</summary>
    public IEnumerable<PlanNode> All => Children.SelectMany(child => child.All).Prepend(this);
}
