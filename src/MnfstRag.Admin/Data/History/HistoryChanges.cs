namespace MnfstRag.Admin.Data.History;

/// <summary>What one counted column of all subjects came to over a range: less to read than their totals where most did not move.</summary>
/// <param name="Sums">By subject; one that was not counted up is left out.</param>
/// <param name="Since">When the store first heard of any subject that has a sample in the range; null when none has.</param>
public sealed record HistoryChanges(IReadOnlyDictionary<string, double> Sums, DateTimeOffset? Since);
