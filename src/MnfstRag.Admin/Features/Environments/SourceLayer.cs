namespace MnfstRag.Admin.Features.Environments;

/// <summary>One of the places that the product takes settings from.</summary>
/// <param name="Name">As the guide names it.</param>
/// <param name="Words">What is known of it, or why nothing is.</param>
/// <param name="IsKnown">Its values are known.</param>
/// <param name="At">Our clock, when it was read; null where there is nothing to read.</param>
public sealed record SourceLayer(string Name, string Words, bool IsKnown, DateTimeOffset? At = null);
