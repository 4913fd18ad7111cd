namespace MnfstRag.Postgres.Maintaining;

/// <summary>Explains what an interrupted command left.</summary>
internal static class LeftoverWords
{
    public static string Of(IndexLeftoverKind kind, MaintenanceTarget index) => kind switch
    {
        IndexLeftoverKind.UnfinishedRebuild => $"{index} is the new half of a rebuild that was interrupted. The old index serves as before; this one only takes room, and time at every write. Drop it, then rebuild again if that is still wanted.",
        IndexLeftoverKind.ReplacedByRebuild => $"{index} is the old half of a rebuild that was finished but for its removal. The new index serves; drop this one.",
        _ => $"{index} is not valid: its building, or dropping, was interrupted. No query uses it, and writes may still pay for it. Drop it, or build it anew under its name.",
    };
}
