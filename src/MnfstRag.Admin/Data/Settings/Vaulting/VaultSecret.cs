using System.Text.Json;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>One version of a secret of a KV v2 engine. Never log or render it.</summary>
/// <param name="Version">From 1; 0 where nothing was ever written.</param>
/// <param name="Fields">Its fields; empty where nothing was written, or the version was deleted.</param>
public sealed record VaultSecret(int Version, IReadOnlyDictionary<string, JsonElement> Fields)
{
    /// <summary>A field's text; null when it is not there or no text.</summary>
    public string? Text(string field) => Fields.TryGetValue(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>How much there is: never a value.</summary>
    public override string ToString() => FormattableString.Invariant($"version {Version} with {Fields.Count} fields");
}
