namespace MnfstRag.Postgres.Maintaining;

/// <summary>One index that can be chosen.</summary>
/// <param name="Target">It.</param>
/// <param name="Bytes">Size as the last VACUUM or ANALYZE counted it, bytes.</param>
/// <param name="IsValid">Queries may use it.</param>
/// <param name="Leftover">What an interrupted command left; null when it is none.</param>
public sealed record TargetIndex(MaintenanceTarget Target, long Bytes, bool IsValid, IndexLeftoverKind? Leftover)
{
    /// <summary>What a leftover is and what to do with it, for a person; null when it is none.</summary>
    public string? LeftoverWords => Leftover is { } kind ? Maintaining.LeftoverWords.Of(kind, Target) : null;
}
