using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Which counters <see cref="ResetStatistics"/> sets to zero.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StatisticsKind>))]
public enum StatisticsKind
{
    /// <summary><c>pg_stat_reset()</c>: every counter of the connected database, those that autovacuum works by among them.</summary>
    Database,

    /// <summary><c>pg_stat_reset_single_table_counters()</c>: one table's or index's.</summary>
    Relation,

    /// <summary><c>pg_stat_statements_reset()</c>: every statement of every database.</summary>
    Statements,

    /// <summary><c>pg_stat_reset_shared('bgwriter')</c>; below 17 checkpoints are among them.</summary>
    BackgroundWriter,

    /// <summary><c>pg_stat_reset_shared('checkpointer')</c> (17+).</summary>
    Checkpointer,

    /// <summary><c>pg_stat_reset_shared('wal')</c>.</summary>
    Wal,

    /// <summary><c>pg_stat_reset_shared('archiver')</c>.</summary>
    Archiver,

    /// <summary><c>pg_stat_reset_shared('io')</c> (16+).</summary>
    Io,
}
