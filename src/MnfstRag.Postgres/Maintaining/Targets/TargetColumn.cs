using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>One column of a table as a picker needs it.</summary>
/// <param name="Name">As the catalog has it.</param>
/// <param name="Type">As PostgreSQL writes it: "character varying(255)".</param>
/// <param name="IsNotNull">NULL is forbidden.</param>
/// <param name="IsText">text, varchar or char: full text and trigrams are possible.</param>
/// <param name="TakesValue">It can be compared with a value in a condition: a built-in type or an enum.</param>
/// <param name="Methods">Access methods that have an operator class for its type by default.</param>
public sealed record TargetColumn(string Name, string Type, bool IsNotNull, bool IsText, bool TakesValue, ImmutableArray<IndexMethod> Methods);
