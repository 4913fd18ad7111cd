namespace MnfstRag.Postgres.Maintaining;

/// <summary>Adds one operation to a draft: what is common to all, then what its kind needs.</summary>
internal static class OperationPlan
{
    public static async Task AddAsync(PlanDraft draft, PlanFacts facts, MaintenanceOperation operation, CancellationToken cancellationToken)
    {
        if (operation.Target is { } target)
        {
            if (facts.Targets[target].Fault is { } fault)
            {
                draft.No("gone", fault);
                return;
            }

            if (!Fits(operation, target.Kind))
            {
                draft.No("kind", $"{target} is not what this operation works on.");
                return;
            }
        }

        var table = operation.Target is { } one ? facts.TableOf(one) : null;
        if (NeedsTable(operation) && (table is null || table.IsTemporary || table.IsSystem) && !IsToastRepair(facts, operation))
        {
            draft.No("kind", $"{operation.Target} is temporary or PostgreSQL's own: it is not worked on from here.");
            return;
        }

        switch (operation)
        {
            case AnalyzeTable analyze:
                await ColumnsAsync(draft, facts, analyze, cancellationToken);
                VacuumPlan.Add(draft, facts, analyze, table!);
                break;
            case VacuumTable vacuum:
                VacuumPlan.Add(draft, facts, vacuum, table!);
                break;
            case UpdateDatabaseAge:
                VacuumPlan.AddDatabaseAge(draft, facts);
                break;
            case ReindexIndex reindex:
                IndexPlan.Add(draft, facts, reindex);
                break;
            case ReindexTable:
                IndexPlan.Add(draft, facts, table!);
                break;
            case CreateIndex create:
                await CreateIndexPlan.AddAsync(draft, facts, create, table!, cancellationToken);
                break;
            case DropIndex drop:
                IndexPlan.Add(draft, facts, drop);
                break;
            case RepairLeftover repair:
                IndexPlan.Add(draft, facts, repair);
                break;
            case ValidateConstraint validate:
                await ConstraintPlan.AddAsync(draft, facts, validate, table!, cancellationToken);
                break;
            case ResetStatistics reset:
                await ResetPlan.AddAsync(draft, facts, reset, cancellationToken);
                break;
            case CreateExtension create:
                await ExtensionPlan.AddAsync(draft, facts, create, cancellationToken);
                break;
            case UpdateExtension update:
                await ExtensionPlan.AddAsync(draft, facts, update, cancellationToken);
                break;
            case ChangeSetting change:
                await SettingPlan.AddAsync(draft, facts, change, cancellationToken);
                break;
            case ReloadConfiguration:
                await SettingPlan.AddReloadAsync(draft, facts, cancellationToken);
                break;
        }
    }

    private static bool NeedsTable(MaintenanceOperation operation) =>
        operation is AnalyzeTable or VacuumTable or ReindexIndex or ReindexTable or CreateIndex or DropIndex or RepairLeftover or ValidateConstraint;

    /// <summary>A half of a rebuilt TOAST index: its table is PostgreSQL's own, and the one thing there that may be dropped.</summary>
    private static bool IsToastRepair(PlanFacts facts, MaintenanceOperation operation) =>
        operation is RepairLeftover { Index: { Schema: "pg_toast" } index } && facts.Relations.Index(index.Oid) is { Leftover: not null };

    private static bool Fits(MaintenanceOperation operation, MaintenanceTargetKind kind) => operation switch
    {
        AnalyzeTable or VacuumTable or ReindexTable or CreateIndex => kind is MaintenanceTargetKind.Table or MaintenanceTargetKind.PartitionedTable or MaintenanceTargetKind.MaterializedView,
        ReindexIndex or DropIndex => kind is MaintenanceTargetKind.Index or MaintenanceTargetKind.PartitionedIndex,
        RepairLeftover => kind is MaintenanceTargetKind.Index,
        ValidateConstraint => kind is MaintenanceTargetKind.Constraint,
        ChangeSetting => kind is MaintenanceTargetKind.Role or MaintenanceTargetKind.Database,
        ResetStatistics => kind is not (MaintenanceTargetKind.Constraint or MaintenanceTargetKind.Role or MaintenanceTargetKind.Database),
        _ => true,
    };

    private static async Task ColumnsAsync(PlanDraft draft, PlanFacts facts, AnalyzeTable analyze, CancellationToken cancellationToken)
    {
        if (analyze.Columns.IsDefaultOrEmpty)
        {
            return;
        }

        var known = (await ColumnReader.ReadAsync(facts.Connection, facts.Options, analyze.Table.Oid, cancellationToken)).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in analyze.Columns.Where(column => !known.Contains(column)))
        {
            draft.No("column", $"{analyze.Table} has no column {Watching.SqlName.Of(column)}.");
        }
    }
}
