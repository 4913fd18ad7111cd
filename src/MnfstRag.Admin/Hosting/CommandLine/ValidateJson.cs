using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>Findings as other programs read them. The shape is a promise: fields are added, never changed.</summary>
internal static class ValidateJson
{
    // Read by programs and people, never put into HTML: quotes and dashes may stay as they are.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string environment, IReadOnlyList<Finding> findings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
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
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>"error", "warning", "note".</summary>
    public static string Level(FindingLevel level) => level switch
    {
        FindingLevel.Error => "error",
        FindingLevel.Warning => "warning",
        _ => "note",
    };
}
