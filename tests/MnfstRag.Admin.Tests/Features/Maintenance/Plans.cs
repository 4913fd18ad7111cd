using System.Collections.Immutable;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Operations and plans as a server would have them.</summary>
internal static class Plans
{
    public static MaintenanceTarget Table(string name = "documents", uint oid = 16384) => new(oid, "public", name, MaintenanceTargetKind.Table);

    public static CreateIndex Create(string table = "documents") => new(Table(table), $"idx_{table}_tenant", new IndexDefinition([new IndexPart("tenant_id")]));

    public static DropIndex Drop() => new(new MaintenanceTarget(16390, "public", "idx_old", MaintenanceTargetKind.Index, "documents"));

    public static MaintenanceBatch Batch(params string[] tables) => new($"Analyse {tables.Length} stale tables", [.. tables.Select((table, at) => new AnalyzeTable(Table(table, 17000 + (uint)at)))]);

    /// <summary>One step for each part; nothing speaks against it.</summary>
    public static MaintenancePlan Of(MaintenanceOperation operation) => new()
    {
        Operation = operation,
        PlannedAt = TimeProvider.System.GetUtcNow(),
        Server = new PlanServer("7300000000000000000", 180000, "mnfst_rag", "maintainer", DateTimeOffset.UnixEpoch, 0, null),
        Steps = [.. Parts(operation).Select((part, at) => new MaintenanceStep { Number = at, Part = at, Purpose = part.Title, Sql = Sql(part), Kind = StepKind.CreateIndex, Objects = part.Target is { } target ? [target] : [] })],
        IsDisruptive = operation.IsDisruptive,
        Script = "-- a script",
    };

    private static ImmutableArray<MaintenanceOperation> Parts(MaintenanceOperation operation) => operation is MaintenanceBatch batch ? batch.Operations : [operation];

    private static string Sql(MaintenanceOperation operation) => operation switch
    {
        CreateIndex create => $"CREATE INDEX CONCURRENTLY {create.Name} ON {create.Table.Sql} (tenant_id)",
        DropIndex drop => $"DROP INDEX CONCURRENTLY {drop.Index.Sql}",
        _ => $"ANALYZE {operation.Target?.Sql}",
    };
}
