using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Tables and indexes of a reading as objects of maintenance.</summary>
public static class Targets
{
    /// <summary>A table.</summary>
    public static MaintenanceTarget Of(DatabaseTable table) => new(
        table.Oid,
        table.Schema,
        table.Name,
        table.Kind switch
        {
            TableKind.Partitioned => MaintenanceTargetKind.PartitionedTable,
            TableKind.MaterializedView => MaintenanceTargetKind.MaterializedView,
            _ => MaintenanceTargetKind.Table,
        });

    /// <summary>An index.</summary>
    public static MaintenanceTarget Of(DatabaseIndex index) =>
        new(index.Oid, index.Schema, index.Name, index.IsPartitioned ? MaintenanceTargetKind.PartitionedIndex : MaintenanceTargetKind.Index, index.Table);
}
