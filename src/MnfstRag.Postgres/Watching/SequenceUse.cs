namespace MnfstRag.Postgres.Watching;

/// <summary>How far a sequence is.</summary>
/// <param name="Name">Schema and name, quoted where needed.</param>
/// <param name="Column">The column that it fills, with its type, when it belongs to one: "public.documents.id (integer)".</param>
/// <param name="Last">Last value given out.</param>
/// <param name="Limit">Last value that the sequence, or the type of its column, can hold.</param>
/// <param name="Percent">Last of Limit.</param>
public sealed record SequenceUse(string Name, string? Column, long Last, long Limit, double Percent);
