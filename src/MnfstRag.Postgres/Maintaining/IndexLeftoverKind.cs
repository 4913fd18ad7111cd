namespace MnfstRag.Postgres.Maintaining;

/// <summary>What an interrupted CREATE INDEX or REINDEX CONCURRENTLY left.</summary>
public enum IndexLeftoverKind
{
    /// <summary>The new half of a rebuild that was not finished (<c>_ccnew</c>): the old index still serves.</summary>
    UnfinishedRebuild,

    /// <summary>The old half of a rebuild that was finished (<c>_ccold</c>): the new index serves.</summary>
    ReplacedByRebuild,

    /// <summary>An index that was being made, or dropped, and is not valid under its own name.</summary>
    Invalid,
}
