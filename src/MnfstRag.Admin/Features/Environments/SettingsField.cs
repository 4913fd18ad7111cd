using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>One key as the form shows it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Known">What the catalogue says of it; null for a key that is kept verbatim.</param>
/// <param name="IsSet">The draft gives it a value.</param>
/// <param name="Shown">The value; null when it is not set, and when it may not be shown.</param>
/// <param name="IsHidden">The value is, or may be, a secret: it can be written and not read.</param>
/// <param name="IsTyped">It is a secret that was typed into this draft.</param>
/// <param name="Fingerprint">Four letters that tell a stored secret from another; null without one.</param>
/// <param name="ChangedAt">When the stored value was changed last; null when it is not stored.</param>
public sealed record SettingsField(string Key, KnownSetting? Known, bool IsSet, string? Shown, bool IsHidden, bool IsTyped, string? Fingerprint, DateTimeOffset? ChangedAt);
