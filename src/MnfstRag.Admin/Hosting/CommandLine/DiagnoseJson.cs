using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>A report as other programs read it. The shape is a promise: fields are added, never changed.</summary>
internal static class DiagnoseJson
{
    public static string Write(CheckReport report) => CommandJson.Object(json =>
    {
        json.WriteString("server", report.Server);
        json.WriteStartArray("checks");
        foreach (var result in report.Results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Name);
            json.WriteString("status", Status(result.Outcome.Verdict));
            json.WriteString("evidence", result.Outcome.Evidence);
            json.WriteString("remedy", result.Outcome.Remedy);
            json.WriteNumber("milliseconds", (long)Math.Round(result.Took.TotalMilliseconds));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>"ok", "warning", "failing", "skipped".</summary>
    public static string Status(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Warning => "warning",
        Verdict.Failing => "failing",
        _ => "skipped",
    };
}
