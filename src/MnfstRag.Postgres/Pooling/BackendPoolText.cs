using System.Text.Json;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Reads the backend's answer; anything that is not its shape is a fault in words.</summary>
internal static class BackendPoolText
{
    private const int LongestError = 300;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <summary>The pool of an answer.</summary>
    public static Answer<BackendPool> Read(ReadOnlyMemory<byte> json, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && Text(root, "status") is { } status
                ? status == "healthy" ? Healthy(root, place) : new(new BackendPool(false, null, null, null, null, null, Error(root)), null)
                : Strange(place);
        }
        catch (JsonException)
        {
            return Strange(place);
        }
    }

    private static Answer<BackendPool> Healthy(JsonElement root, string place) =>
        root.TryGetProperty("pool", out var pool) && pool.ValueKind == JsonValueKind.Object && Number(pool, "pool_size") is { } size && Number(pool, "checked_out") is { } taken
            ? new(new BackendPool(true, Math.Max(0, size), Math.Max(0, Number(pool, "checked_in") ?? 0), Math.Max(0, taken), Math.Max(0, Number(pool, "overflow") ?? 0), Number(pool, "invalid"), null), null)
            : Strange(place);

    private static string Error(JsonElement root)
    {
        var text = SafeText.Clean(Text(root, "error") ?? "It does not say why.");
        return text.Length <= LongestError ? text : text[..LongestError] + "…";
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static Answer<BackendPool> Strange(string place) =>
        new(null, $"{place} answers, but not with the state of a connection pool. Check that the address is the backend's own, without /health/db-pool.");
}
