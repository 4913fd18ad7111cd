namespace MnfstRag.Postgres.Watching;

/// <summary>What one reader brought: a value, or the reason why there is none, in plain words.</summary>
/// <param name="Value">Null when it failed, or was not asked.</param>
/// <param name="Fault">Null when it succeeded, or was not asked.</param>
public readonly record struct Reading<T>(T? Value, string? Fault)
    where T : class;
