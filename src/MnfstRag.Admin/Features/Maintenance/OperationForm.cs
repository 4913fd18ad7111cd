using System.Collections.Immutable;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What a person has picked so far, and the operation that it makes. Objects are picked from the server's own list by their oid.</summary>
public sealed class OperationForm
{
    /// <summary>Kind of the operation, as in the address.</summary>
    public string Kind { get; set; } = "create-index";

    /// <summary>The object.</summary>
    public MaintenanceTarget? Target { get; set; }

    /// <summary>A setting or an extension.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Value of a setting; empty resets it.</summary>
    public string Value { get; set; } = "";

    /// <summary>Options of VACUUM.</summary>
    public VacuumForm Vacuum { get; } = new();

    /// <summary>ANALYZE: give up at once where a lock is in the way.</summary>
    public bool SkipLocked { get; set; }

    /// <summary>ANALYZE: a partitioned table's own statistics alone (18+).</summary>
    public bool Only { get; set; }

    /// <summary>ANALYZE: memory, as <see cref="VacuumForm.BufferLimit"/>.</summary>
    public string BufferLimit { get; set; } = "";

    /// <summary>ANALYZE: these columns alone; all when none is chosen.</summary>
    public HashSet<string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>A leftover is built anew in place of being dropped.</summary>
    public bool Rebuild { get; set; }

    /// <summary>Which counters.</summary>
    public StatisticsKind Statistics { get; set; } = StatisticsKind.Relation;

    /// <summary>Name of a new index; made up from table and columns when empty.</summary>
    public string IndexName { get; set; } = "";

    /// <summary>Method of a new index.</summary>
    public IndexMethod Method { get; set; }

    /// <summary>A new index forbids equal keys.</summary>
    public bool Unique { get; set; }

    /// <summary>Keys of a new index.</summary>
    public List<PartForm> Parts { get; } = [new()];

    /// <summary>Columns that a new index carries besides.</summary>
    public HashSet<string> Include { get; } = new(StringComparer.Ordinal);

    /// <summary>Conditions of a partial index.</summary>
    public List<ConditionForm> Conditions { get; } = [];

    /// <summary>The operation; null, with what is missing, when it is not complete.</summary>
    public (MaintenanceOperation? Operation, string? Missing) Build() => Kind switch
    {
        "reload" => (new ReloadConfiguration(), null),
        "change-setting" => Subject.Length == 0 ? (null, "Choose a setting.") : (new ChangeSetting(Subject, Value.Trim() is { Length: > 0 } value ? value : null, Target), null),
        "create-extension" => Subject.Length == 0 ? (null, "Choose an extension.") : (new CreateExtension(Subject), null),
        "update-extension" => Subject.Length == 0 ? (null, "Choose an extension.") : (new UpdateExtension(Subject), null),
        "reset-statistics" when Statistics != StatisticsKind.Relation => (new ResetStatistics(Statistics), null),
        "database-age" => (new UpdateDatabaseAge(), null),
        _ when Target is not { } => (null, Kind == "validate-constraint" ? "Choose a constraint." : Kind is "reindex-index" or "drop-index" or "repair-leftover" ? "Choose an index." : "Choose a table."),
        "analyze" => (new AnalyzeTable(Target) { SkipLocked = SkipLocked, Only = Only, BufferLimitKilobytes = VacuumForm.Number(BufferLimit), Columns = [.. Columns.Order(StringComparer.Ordinal)] }, null),
        "vacuum" => (Vacuum.Of(Target), null),
        "repair-leftover" => (new RepairLeftover(Target, Rebuild), null),
        "reindex-index" => (new ReindexIndex(Target), null),
        "reindex-table" => (new ReindexTable(Target), null),
        "drop-index" => (new DropIndex(Target), null),
        "validate-constraint" => (new ValidateConstraint(Target), null),
        "reset-statistics" => (new ResetStatistics(Statistics, Target), null),
        _ => Index(Target),
    };

    private (MaintenanceOperation? Operation, string? Missing) Index(MaintenanceTarget table)
    {
        var parts = Parts.Where(part => part.Column.Length > 0).Select(part => new IndexPart(part.Column, part.Descending, part.NullsFirst switch { "first" => true, "last" => false, _ => null }, part.Kind)).ToImmutableArray();
        if (parts.Length == 0)
        {
            return (null, "Choose a column.");
        }

        var name = IndexName.Trim() is { Length: > 0 } typed ? typed : RemedyOperations.NameOf(table.Name, parts.Select(part => part.Column));
        return (new CreateIndex(table, name, new IndexDefinition(parts)
        {
            Method = Method,
            Unique = Unique,
            Include = [.. Include.Order(StringComparer.Ordinal)],
            Where = [.. Conditions.Where(one => one.Column.Length > 0).Select(one => new IndexPredicate(one.Column, one.Operator, one.TakesValue ? one.Value : null))],
        }), null);
    }
}
