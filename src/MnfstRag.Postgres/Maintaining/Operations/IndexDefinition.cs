using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>An index as pickers describe it: columns, never SQL.</summary>
/// <param name="Parts">Keys in order; at least one.</param>
public sealed record IndexDefinition(ImmutableArray<IndexPart> Parts)
{
    /// <summary>Access method.</summary>
    public IndexMethod Method { get; init; } = IndexMethod.BTree;

    /// <summary>INCLUDE columns (B-tree and GiST).</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>Conditions of a partial index; all rows when empty.</summary>
    public ImmutableArray<IndexPredicate> Where { get; init; } = [];

    /// <summary>Equal keys are forbidden (B-tree alone).</summary>
    public bool Unique { get; init; }
}
