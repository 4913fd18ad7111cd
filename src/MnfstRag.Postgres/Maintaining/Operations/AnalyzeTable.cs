using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>ANALYZE of one table, partitioned table or materialized view. The server analyses a partitioned table's partitions too.</summary>
/// <param name="Table">What to analyse.</param>
public sealed record AnalyzeTable(MaintenanceTarget Table) : MaintenanceOperation
{
    /// <summary>These columns alone, as the catalog has them; all when empty.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>SKIP_LOCKED: gives up at once where a lock is in the way. That is told as a failure, not as success.</summary>
    public bool SkipLocked { get; init; }

    /// <summary>BUFFER_USAGE_LIMIT in kB (16+); null leaves it to the server.</summary>
    public int? BufferLimitKilobytes { get; init; }

    /// <summary>ONLY (18+): a partitioned table's own statistics without those of its partitions.</summary>
    public bool Only { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "analyze";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Table;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"Analyse {Table}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => false;
}
