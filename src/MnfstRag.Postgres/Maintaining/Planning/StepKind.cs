using System.Text.Json.Serialization;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a step does; what counts as proof of it follows from this.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepKind>))]
public enum StepKind
{
    /// <summary>ANALYZE: analyze_count or last_analyze moved.</summary>
    Analyze,

    /// <summary>VACUUM: vacuum_count or last_vacuum moved.</summary>
    Vacuum,

    /// <summary>VACUUM FULL: another file.</summary>
    VacuumFull,

    /// <summary>VACUUM of a table's TOAST table alone: that one's vacuum_count or last_vacuum moved.</summary>
    VacuumToast,

    /// <summary>VACUUM (ONLY_DATABASE_STATS): the database is no older than its oldest table.</summary>
    DatabaseAge,

    /// <summary>REINDEX INDEX: another file, valid.</summary>
    ReindexIndex,

    /// <summary>REINDEX TABLE: every index another file, valid.</summary>
    ReindexTable,

    /// <summary>CREATE INDEX CONCURRENTLY: there, valid and ready.</summary>
    CreateIndex,

    /// <summary>CREATE INDEX ON ONLY a partitioned table: there; invalid until all its parts are attached.</summary>
    CreateParentIndex,

    /// <summary>ALTER INDEX … ATTACH PARTITION: attached.</summary>
    AttachIndex,

    /// <summary>DROP INDEX: no longer there.</summary>
    DropIndex,

    /// <summary>VALIDATE CONSTRAINT: convalidated.</summary>
    ValidateConstraint,

    /// <summary>A reset of statistics: its time of reset moved.</summary>
    ResetStatistics,

    /// <summary>CREATE EXTENSION: there.</summary>
    CreateExtension,

    /// <summary>ALTER EXTENSION UPDATE: at the wanted version.</summary>
    UpdateExtension,

    /// <summary>ALTER SYSTEM: in the configuration file.</summary>
    SystemSetting,

    /// <summary>ALTER ROLE or ALTER DATABASE SET: in <c>pg_db_role_setting</c>.</summary>
    ScopedSetting,

    /// <summary>pg_reload_conf(): the configuration's load time moved.</summary>
    Reload,
}
