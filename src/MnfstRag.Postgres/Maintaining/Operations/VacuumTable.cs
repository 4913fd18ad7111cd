using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>VACUUM of one table, partitioned table or materialized view.</summary>
/// <param name="Table">What to vacuum.</param>
public sealed record VacuumTable(MaintenanceTarget Table) : MaintenanceOperation
{
    /// <summary>FULL: rewrites the table under an AccessExclusiveLock; nobody reads or writes it meanwhile.</summary>
    public bool Full { get; init; }

    /// <summary>FREEZE.</summary>
    public bool Freeze { get; init; }

    /// <summary>ANALYZE afterwards.</summary>
    public bool Analyze { get; init; }

    /// <summary>DISABLE_PAGE_SKIPPING: looks at every page, also those that are marked as all visible.</summary>
    public bool EveryPage { get; init; }

    /// <summary>SKIP_LOCKED: gives up at once where a lock is in the way. That is told as a failure, not as success.</summary>
    public bool SkipLocked { get; init; }

    /// <summary>INDEX_CLEANUP: true on, false off, null auto.</summary>
    public bool? IndexCleanup { get; init; }

    /// <summary>TRUNCATE: false keeps empty pages at the end and so never asks for an AccessExclusiveLock; null leaves it to the table's setting.</summary>
    public bool? Truncate { get; init; }

    /// <summary>PROCESS_TOAST false: the table alone, without its TOAST table.</summary>
    public bool SkipToast { get; init; }

    /// <summary>PROCESS_MAIN false (16+): its TOAST table alone, where long values lie.</summary>
    public bool SkipMain { get; init; }

    /// <summary>SKIP_DATABASE_STATS (16+): does not reckon the database's oldest transaction anew, which reads all of pg_class each time.</summary>
    public bool SkipDatabaseStatistics { get; init; }

    /// <summary>VERBOSE: the server tells what it removed and what it had to leave; that is kept with the proof.</summary>
    public bool Verbose { get; init; }

    /// <summary>PARALLEL workers for indexes, 0–1024; null leaves it to the server.</summary>
    public int? Workers { get; init; }

    /// <summary>BUFFER_USAGE_LIMIT in kB (16+): 0 or 128–16777216; null leaves it to the server.</summary>
    public int? BufferLimitKilobytes { get; init; }

    /// <summary>ONLY (18+): without the children of an inheritance or partition tree.</summary>
    public bool Only { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => Full ? "vacuum-full" : "vacuum";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Table;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"{(Full ? "Rewrite" : "Vacuum")} {Table}{(Analyze ? " and analyse it" : "")}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => Full;
}
