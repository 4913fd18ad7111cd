namespace MnfstRag.Admin.Data.History;

/// <summary>One subject over a whole range.</summary>
/// <param name="Subject">Its key.</param>
/// <param name="Details">JSON that describes it; null when none was given.</param>
/// <param name="Values">Rolled up, in the order of the kind's columns; null where nothing was measured.</param>
/// <param name="FirstSeen">When the store first heard of the subject.</param>
public sealed record HistoryTotal(string Subject, string? Details, IReadOnlyList<double?> Values, DateTimeOffset FirstSeen);
