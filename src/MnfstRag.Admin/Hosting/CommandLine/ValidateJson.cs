using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>Findings as other programs read them. The shape is a promise: fields are added, never changed.</summary>
internal static class ValidateJson
{
    public static string Write(string environment, IReadOnlyList<Finding> findings) => CommandJson.Object(json =>
    {
        json.WriteString("environment", environment);
        json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("key", finding.Key);
            json.WriteString("rule", finding.Rule);
            json.WriteString("level", Level(finding.Level));
            json.WriteString("message", finding.Message);
            json.WriteString("remedy", finding.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>"error", "warning", "note".</summary>
    public static string Level(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "note",
    };
}
