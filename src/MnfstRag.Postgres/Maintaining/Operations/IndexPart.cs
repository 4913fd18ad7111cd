namespace MnfstRag.Postgres.Maintaining;

/// <summary>One key of an index.</summary>
/// <param name="Column">The column, as the catalog has it.</param>
/// <param name="Descending">DESC (B-tree alone).</param>
/// <param name="NullsFirst">Where NULLs stand; null leaves it to the direction (B-tree alone).</param>
/// <param name="Kind">What of the column.</param>
public sealed record IndexPart(string Column, bool Descending = false, bool? NullsFirst = null, IndexPartKind Kind = IndexPartKind.Column);
