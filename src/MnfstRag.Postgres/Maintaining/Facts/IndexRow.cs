namespace MnfstRag.Postgres.Maintaining;

/// <summary>One index with what a plan must know of it.</summary>
/// <param name="Facts">What it is now.</param>
/// <param name="TableName">Its table's name; for a TOAST index that of the TOAST table.</param>
internal sealed record IndexRow(IndexFacts Facts, string TableName)
{
    public required bool IsPartitioned { get; init; }

    public required bool IsUnique { get; init; }

    public required bool IsExclusion { get; init; }

    public required bool IsReplicaIdentity { get; init; }

    public required string? Constraint { get; init; }

    public required bool Owns { get; init; }

    public required bool OwnsSchema { get; init; }

    /// <summary>A CREATE INDEX or REINDEX works on its table at this moment.</summary>
    public required bool IsBeingBuilt { get; init; }

    public required string Method { get; init; }

    public MaintenanceTarget Target => new(
        Facts.Oid, Facts.Schema, Facts.Name, IsPartitioned ? MaintenanceTargetKind.PartitionedIndex : MaintenanceTargetKind.Index, TableName);

    /// <summary>What an interrupted command left, or null.</summary>
    public IndexLeftoverKind? Leftover => IsPartitioned ? null : IndexLeftover.Of(Facts.Name, Facts.IsValid, IsBeingBuilt);
}
