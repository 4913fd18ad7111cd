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

    /// <summary>VACUUM: analyse too.</summary>
    public bool Analyze { get; set; } = true;

    /// <summary>VACUUM: freeze.</summary>
    public bool Freeze { get; set; }

    /// <summary>VACUUM: rewrite the table.</summary>
    public bool Full { get; set; }

    /// <summary>VACUUM: look at every page.</summary>
    public bool EveryPage { get; set; }

    /// <summary>VACUUM, ANALYZE: give up at once where a lock is in the way.</summary>
    public bool SkipLocked { get; set; }

    /// <summary>VACUUM: keep empty pages at the end, which takes no lock that stops others.</summary>
    public bool KeepTail { get; set; }

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
        _ when Target is not { } => (null, Kind == "validate-constraint" ? "Choose a constraint." : Kind is "reindex-index" or "drop-index" ? "Choose an index." : "Choose a table."),
        "analyze" => (new AnalyzeTable(Target) { SkipLocked = SkipLocked }, null),
        "vacuum" => (new VacuumTable(Target) { Analyze = Analyze, Freeze = Freeze, Full = Full, EveryPage = EveryPage, SkipLocked = SkipLocked, Truncate = KeepTail ? false : null }, null),
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
