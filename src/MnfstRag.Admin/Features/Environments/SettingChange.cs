namespace MnfstRag.Admin.Features.Environments;

/// <summary>One key that differs between two texts. Secrets are told apart and never shown.</summary>
/// <param name="Key">The key.</param>
/// <param name="Before">The value, "secret, fingerprint 1a2b", or null when it was not set.</param>
/// <param name="After">The same afterwards.</param>
/// <param name="Consequence">What the change does to the running product beyond the restart that every change needs; null when nothing is known.</param>
public sealed record SettingChange(string Key, string? Before, string? After, string? Consequence);
