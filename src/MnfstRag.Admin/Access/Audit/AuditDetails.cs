using System.Text.Json;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>Details as the JSON object of strings that the column holds.</summary>
internal static class AuditDetails
{
    public static string Write(IReadOnlyDictionary<string, string> details) => JsonSerializer.Serialize(details);

    /// <summary>Anything but an object of strings is kept as its text, so that a tampered row is found by its hash and breaks nothing.</summary>
    public static IReadOnlyDictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var details = new Dictionary<string, string>(StringComparer.Ordinal);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            details[""] = document.RootElement.GetRawText();
            return details;
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            details[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        }

        return details;
    }
}
