namespace MnfstRag.Postgres.Watching;

/// <summary>One key of an index. Equal when an index could serve the same comparison and order with it.</summary>
/// <param name="Text">The column, quoted as needed, or the expression as PostgreSQL writes it.</param>
/// <param name="Column">The column's own name; null for an expression.</param>
/// <param name="OperatorClass">Its operator class, quoted as needed, with its schema unless that is pg_catalog.</param>
/// <param name="IsDefaultClass">The class is the default of its type: PostgreSQL does not write it down.</param>
/// <param name="Collation">Its collation where it is not the column's own; else null.</param>
/// <param name="Descending">Greatest first.</param>
/// <param name="NullsFirst">NULLs before all others.</param>
public sealed record IndexKey(
    string Text,
    string? Column,
    string OperatorClass,
    bool IsDefaultClass,
    string? Collation,
    bool Descending,
    bool NullsFirst)
{
    /// <summary>As in CREATE INDEX.</summary>
    public override string ToString() => string.Concat(
        Text,
        Collation is null ? "" : $" COLLATE {Collation}",
        IsDefaultClass ? "" : $" {OperatorClass}",
        Descending ? " DESC" : "",
        NullsFirst == Descending ? "" : NullsFirst ? " NULLS FIRST" : " NULLS LAST");
}
