namespace MnfstRag.Admin.Features.Environments;

/// <summary>A key, and which place gives it its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value as it may be shown; a secret is told by its fingerprint.</param>
/// <param name="From">Name of the <see cref="SourceLayer"/> that wins among those that are known.</param>
/// <param name="Note">What else says otherwise, or that nothing proves that the key is read; null for neither.</param>
public sealed record SourcedValue(string Key, string Value, string From, string? Note);
