using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Sets counters to zero. What is lost cannot be had back.</summary>
/// <param name="Statistics">Which.</param>
/// <param name="Relation">The table or index for <see cref="StatisticsKind.Relation"/>; null for the others.</param>
public sealed record ResetStatistics(StatisticsKind Statistics, MaintenanceTarget? Relation = null) : MaintenanceOperation
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "reset-statistics";

    /// <inheritdoc/>
    [JsonIgnore]
    public override MaintenanceTarget? Target => Relation;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Statistics switch
    {
        StatisticsKind.Database => "Reset every counter of the database",
        StatisticsKind.Relation => $"Reset the counters of {Relation}",
        StatisticsKind.Statements => "Reset the counters of all statements",
        StatisticsKind.BackgroundWriter => "Reset the counters of the background writer",
        StatisticsKind.Checkpointer => "Reset the counters of checkpoints",
        StatisticsKind.Wal => "Reset the counters of the write-ahead log",
        StatisticsKind.Archiver => "Reset the counters of the archiver",
        _ => "Reset the counters of input and output",
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsDisruptive => true;

    /// <summary>What is lost, in sentences.</summary>
    [JsonIgnore]
    public string Lost => Statistics switch
    {
        StatisticsKind.Database => "Every counter of every table and index of this database is lost: scans, rows, dead rows, times of the last VACUUM and ANALYZE. Autovacuum forgets what is due until tables change again; advice on unused indexes starts from nothing.",
        StatisticsKind.Relation => "This relation's counters are lost: scans, rows, dead rows. Autovacuum forgets what is due there until it changes again.",
        StatisticsKind.Statements => "The load of every statement of every database is lost, for every tool that watches this server. Our own history stays.",
        StatisticsKind.BackgroundWriter => "Counters of the background writer are lost; below PostgreSQL 17 those of checkpoints too.",
        StatisticsKind.Checkpointer => "Counters of checkpoints are lost.",
        StatisticsKind.Wal => "Counters of the write-ahead log are lost.",
        StatisticsKind.Archiver => "Counters of the archiver are lost, and with them the last failure.",
        _ => "Counters of input and output by kind of process are lost.",
    };
}
