namespace MnfstRag.Postgres.Checking;

/// <summary>How large a database was.</summary>
/// <param name="Bytes">Then; null when that is not known.</param>
/// <param name="At">When.</param>
/// <param name="Unknown">Why it is not known; null when it is.</param>
public sealed record SizePast(long? Bytes, DateTimeOffset? At, string? Unknown);
