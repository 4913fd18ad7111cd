namespace MnfstRag.Postgres.Pooling;

/// <summary>What was asked for, or why there is none.</summary>
/// <param name="Value">Null when it could not be had.</param>
/// <param name="Fault">Why, in words for a person; null when it could.</param>
public sealed record Answer<T>(T? Value, string? Fault)
    where T : class;
