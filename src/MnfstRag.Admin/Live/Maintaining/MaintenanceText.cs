using System.Text.Json;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Operations, plans and results as the text that the store keeps.</summary>
public static class MaintenanceText
{
    private static readonly JsonSerializerOptions Options = new() { AllowOutOfOrderMetadataProperties = true };

    /// <summary>Writes an operation, with the name of its kind.</summary>
    public static string Write(MaintenanceOperation operation) => JsonSerializer.Serialize(operation, Options);

    /// <summary>Reads an operation; null when the text is none (another version wrote it, or a person made it up).</summary>
    public static MaintenanceOperation? Operation(string? text) => Read<MaintenanceOperation>(text);

    /// <summary>Writes anything else.</summary>
    public static string Write<T>(T value)
        where T : class => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads it; null when the text is none, or another version's.</summary>
    public static T? Read<T>(string? text)
        where T : class
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
