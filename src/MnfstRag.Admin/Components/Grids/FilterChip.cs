namespace MnfstRag.Admin.Components.Grids;

/// <summary>One ready filter over a grid.</summary>
/// <param name="Key">In the URL.</param>
/// <param name="Title">"Unused".</param>
/// <param name="Explanation">What it leaves, on hover.</param>
/// <param name="Count">How many rows it leaves; null when that is not known.</param>
public sealed record FilterChip(string Key, string Title, string Explanation, int? Count);
