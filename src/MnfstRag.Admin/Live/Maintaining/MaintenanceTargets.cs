using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Which tables and indexes an operation or a plan touches, by the names that their pages have.</summary>
public static class MaintenanceTargets
{
    /// <summary>Stands for the server as a whole.</summary>
    public const string Server = "(server)";

    /// <summary>Of a plan: every object that its steps name, and every index that they make.</summary>
    public static string[] Of(MaintenancePlan plan)
    {
        var names = plan.Steps
            .SelectMany(step => step.Objects.SelectMany(Of).Concat(Made(step)))
            .Concat(OfOperation(plan.Operation))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return names.Length == 0 ? [Server] : names;
    }

    /// <summary>Of an operation, before it is planned.</summary>
    public static string[] Of(MaintenanceOperation operation)
    {
        var names = OfOperation(operation).Distinct(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? [Server] : names;
    }

    private static IEnumerable<string> OfOperation(MaintenanceOperation operation) => operation switch
    {
        MaintenanceBatch batch => batch.Operations.SelectMany(OfOperation),
        CreateIndex create => Of(create.Table).Append(SqlName.Of(create.Table.Schema, create.Name)),
        { Target: { } target } => Of(target),
        _ => [],
    };

    private static IEnumerable<string> Of(MaintenanceTarget target) => target.Kind switch
    {
        MaintenanceTargetKind.Index or MaintenanceTargetKind.PartitionedIndex =>
            target.Table is { } table ? [target.Sql, SqlName.Of(target.Schema, table)] : [target.Sql],
        MaintenanceTargetKind.Constraint => target.Table is { } table ? [SqlName.Of(target.Schema, table)] : [],
        MaintenanceTargetKind.Role or MaintenanceTargetKind.Database => [],
        _ => [target.Sql],
    };

    private static IEnumerable<string> Made(MaintenanceStep step) =>
        step is { NewIndex: { } index, Objects: [var table, ..] } ? [SqlName.Of(table.Schema, index)] : [];
}
