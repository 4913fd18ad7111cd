using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Postgres.Advising;

/// <summary>One index of the strategy that the product recommends, and how it stands in this database.</summary>
/// <param name="Name">As the product names it.</param>
/// <param name="Table">schema.table, quoted as needed.</param>
/// <param name="Covers">Columns or expression.</param>
/// <param name="State">How it stands.</param>
/// <param name="By">The index that does its work, or has its name; null when none does.</param>
/// <param name="Sql">What creates it; null when it is not missing.</param>
public sealed record RecommendedIndex(string Name, string Table, string Covers, RecommendedState State, string? By, string? Sql)
{
    /// <summary>The same as pickers describe it: what maintenance makes it from.</summary>
    public required IndexDefinition Definition { get; init; }
}
