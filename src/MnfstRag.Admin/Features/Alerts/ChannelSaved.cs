namespace MnfstRag.Admin.Features.Alerts;

/// <summary>What came of saving a channel.</summary>
/// <param name="Fault">Why nothing was saved, in words; null when it was.</param>
/// <param name="Key">The new key that signs its messages, shown this once; null when there is none, or the old one stays.</param>
public sealed record ChannelSaved(string? Fault, string? Key = null);
