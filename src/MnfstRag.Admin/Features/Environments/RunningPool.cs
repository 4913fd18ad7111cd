namespace MnfstRag.Admin.Features.Environments;

/// <summary>What one instance of the backend says of the pool it runs with, beside what the settings say.</summary>
/// <param name="Place">Host and port.</param>
/// <param name="Matches">It runs with the settings' pool size; null when it did not say.</param>
/// <param name="Words">What is the case, and what next.</param>
/// <param name="ReadAt">Our clock, when it said so; null before the first answer.</param>
public sealed record RunningPool(string Place, bool? Matches, string Words, DateTimeOffset? ReadAt);
