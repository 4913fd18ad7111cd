using System.Security.Cryptography;
using System.Text;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Data.Settings;

/// <summary>One revision of an environment's settings, secrets in clear. For services, never for Razor.</summary>
/// <param name="Number">From 1.</param>
/// <param name="By">Who saved it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="File">The settings; null when the key ring that encrypted them is gone.</param>
public sealed record SettingsRevision(int Number, string By, DateTimeOffset At, string Reason, EnvFile? File)
{
    private const int FingerprintLetters = 4;

    internal SettingsContent? Content { get; init; }

    /// <summary>When a key last changed; null for a key that is not set.</summary>
    public DateTimeOffset? ChangedAt(string key) => Content?.ChangedAt.TryGetValue(key, out var at) == true ? at : null;

    /// <summary>Four letters that tell two values apart and say nothing of either: a hash under a key that never leaves the store.</summary>
    public string Fingerprint(string value) => Content is { } content
        ? Convert.ToHexStringLower(HMACSHA256.HashData(content.FingerprintKey, Encoding.UTF8.GetBytes(value)))[..FingerprintLetters]
        : "";

    /// <summary>Number and person alone.</summary>
    public override string ToString() => $"revision {Number} by {By}";
}
