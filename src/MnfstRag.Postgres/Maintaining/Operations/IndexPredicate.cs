namespace MnfstRag.Postgres.Maintaining;

/// <summary>One condition of a partial index; several are joined by AND.</summary>
/// <param name="Column">The column, as the catalog has it.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">The value as text; the server reads it as the column's type. Null for IS NULL and IS NOT NULL.</param>
public sealed record IndexPredicate(string Column, PredicateOperator Operator, string? Value = null);
