using System.Text.Json;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>A token and how long it lasts. Never log it.</summary>
/// <param name="Token">Sent with each request.</param>
/// <param name="From">When it was given or renewed.</param>
/// <param name="Lasts">Null for a token that does not expire.</param>
/// <param name="IsRenewable">Vault lets it be renewed.</param>
internal sealed record VaultLease(string Token, DateTimeOffset From, TimeSpan? Lasts, bool IsRenewable)
{
    /// <summary>Reads the <c>auth</c> part of an answer; null when there is none.</summary>
    public static VaultLease? Read(JsonElement body, DateTimeOffset now) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("auth", out var auth) && auth.ValueKind == JsonValueKind.Object
        && auth.TryGetProperty("client_token", out var token) && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
            ? new VaultLease(
                text,
                now,
                auth.TryGetProperty("lease_duration", out var lasts) && lasts.TryGetInt32(out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
                auth.TryGetProperty("renewable", out var renewable) && renewable.ValueKind == JsonValueKind.True)
            : null;

    /// <summary>It lasts no longer.</summary>
    public bool IsOver(DateTimeOffset now) => Lasts is { } lasts && now - From >= lasts;

    /// <summary>Two thirds of it are over: it is renewed before it is used.</summary>
    public bool IsLate(DateTimeOffset now) => Lasts is { } lasts && (now - From) * 3 >= lasts * 2;

    /// <summary>Not the token.</summary>
    public override string ToString() => "lease";
}
