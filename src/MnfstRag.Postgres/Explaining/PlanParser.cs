using System.Text.Json;
using System.Text.Json.Nodes;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Postgres.Explaining;

/// <summary>Reads EXPLAIN (FORMAT JSON), 14–18. Every text that may hold a literal is masked.</summary>
internal static class PlanParser
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Properties that are expressions or lists of them.</summary>
    private static readonly string[] Conditions =
    [
        "Index Cond", "Recheck Cond", "Filter", "Join Filter", "Hash Cond", "Merge Cond", "TID Cond", "One-Time Filter", "Order By",
        "Sort Key", "Presorted Key", "Group Key", "Cache Key", "Function Call", "Table Function Call", "Conflict Filter",
    ];

    /// <summary>Properties that EXPLAIN's text form has too and that hold no expression.</summary>
    private static readonly string[] Facts = ["Cache Mode", "Workers Planned", "Conflict Resolution"];

    public static StatementPlan Parse(string json, int parameters)
    {
        var plan = JsonNode.Parse(json)!.AsArray()[0]!["Plan"]!.AsObject();
        return new StatementPlan(Node(plan), Masked(plan).ToJsonString(Indented), parameters);
    }

    private static PlanNode Node(JsonObject plan) => new(
        Type(plan),
        Text(plan, "Relation Name"),
        Text(plan, "Index Name"),
        Alias(plan),
        Number(plan, "Startup Cost"),
        Number(plan, "Total Cost"),
        Number(plan, "Plan Rows"),
        (int)Number(plan, "Plan Width"),
        [.. plan.Where(field => field.Value is not null && (Conditions.Contains(field.Key) || Facts.Contains(field.Key))).Select(field => (field.Key, Condition(field.Key, field.Value!)))],
        [.. plan["Plans"]?.AsArray().Select(child => Node(child!.AsObject())) ?? []])
    {
        Part = Text(plan, "Subplan Name"),
    };

    private static string Condition(string label, JsonNode value) => Facts.Contains(label) ? Flat(value) : QueryText.Mask(Flat(value));

    /// <summary>What the statement calls its source, where that differs from the table's name; for what is no table, its name too.</summary>
    private static string? Alias(JsonObject plan)
    {
        var (alias, relation, source) = (Text(plan, "Alias"), Text(plan, "Relation Name"), Text(plan, "CTE Name") ?? Text(plan, "Function Name"));
        return relation is not null || source is null ? alias == relation ? null : alias
            : alias is null || alias == source ? source : $"{source} {alias}";
    }

    /// <summary>"Hash Join (Left)", "ModifyTable (Delete)", "Parallel Seq Scan", "Finalize HashAggregate": the kind with what tells it from its like.</summary>
    private static string Type(JsonObject plan)
    {
        var kind = (Text(plan, "Node Type"), Text(plan, "Strategy")) switch
        {
            ("Aggregate", "Hashed") => "HashAggregate",
            ("Aggregate", "Sorted") => "GroupAggregate",
            ("Aggregate", "Mixed") => "MixedAggregate",
            var (type, _) => type!,
        };
        kind = (plan["Parallel Aware"]?.GetValue<bool>() == true ? "Parallel " : "") + (Text(plan, "Partial Mode") is { } mode and not "Simple" ? $"{mode} " : "") + kind
            + (Text(plan, "Scan Direction") == "Backward" ? " Backward" : "");
        return (Text(plan, "Operation") ?? (Text(plan, "Join Type") is { } join and not "Inner" ? join : null)) is { } which ? $"{kind} ({which})" : kind;
    }

    private static string Flat(JsonNode value) => value is JsonArray several ? string.Join(", ", several.Select(one => one?.ToString())) : value.ToString();

    /// <summary>The same tree; every text but those that name things is masked.</summary>
    private static JsonNode Masked(JsonNode node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(
            field.Key,
            field.Value is null ? null : Conditions.Contains(field.Key) || field.Key == "Output" ? MaskedText(field.Value) : Masked(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Masked(item))]),
        _ => node.DeepClone(),
    };

    private static JsonNode MaskedText(JsonNode value) => value is JsonArray items
        ? new JsonArray([.. items.Select(item => JsonValue.Create(QueryText.Mask(item?.ToString() ?? "")))])
        : JsonValue.Create(QueryText.Mask(value.ToString()));

    private static string? Text(JsonObject plan, string name) => plan[name]?.GetValue<string>();

    private static double Number(JsonObject plan, string name) => plan[name]?.GetValue<double>() ?? 0;
}
