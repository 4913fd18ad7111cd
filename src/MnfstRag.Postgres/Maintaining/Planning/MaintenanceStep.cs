using System.Collections.Immutable;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>One command of a plan. It is sent alone, outside any transaction.</summary>
public sealed record MaintenanceStep
{
    /// <summary>0 for the first; unique within the plan.</summary>
    public required int Number { get; init; }

    /// <summary>Which operation of a batch it belongs to, from 0; 0 where there is no batch.</summary>
    public int Part { get; init; }

    /// <summary>What it does: "Build the index beside the old one".</summary>
    public required string Purpose { get; init; }

    /// <summary>Exactly what is sent, without a semicolon.</summary>
    public required string Sql { get; init; }

    /// <summary>What it does to what, by which it is proven.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>Every object that its SQL names and that must still be what it was; compared by oid just before it is sent.</summary>
    public ImmutableArray<MaintenanceTarget> Objects { get; init; } = [];

    /// <summary>oid of the table whose books show the work, and that no other run may work on meanwhile; null where there is none.</summary>
    public uint? Table { get; init; }

    /// <summary>The index that it makes (in the schema of its table); null where it makes none.</summary>
    public string? NewIndex { get; init; }

    /// <summary>The setting, extension or kind of statistics; null where none is meant.</summary>
    public string? Subject { get; init; }

    /// <summary>The value that a setting shall have, or the version that an extension shall have; null where none is meant, or for a reset.</summary>
    public string? Wanted { get; init; }

    /// <summary>Strongest lock on the object for most of its time: "ShareUpdateExclusiveLock"; null where none is taken.</summary>
    public string? LockMode { get; init; }

    /// <summary>What that lock stops, for a person: "Reading and writing go on; ALTER TABLE, VACUUM and other index builds wait."</summary>
    public string Blocks { get; init; } = "";
}
