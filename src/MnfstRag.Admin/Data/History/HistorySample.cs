namespace MnfstRag.Admin.Data.History;

/// <summary>What is to be kept of one subject.</summary>
/// <param name="Subject">Stable key of the subject within its kind and environment ("3141592:16384:10:t", "public.documents"); "" where there is only one.</param>
/// <param name="Values">In the order of the kind's columns; null where it was not measured.</param>
/// <param name="Details">JSON that describes the subject (masked text, names); kept once a subject, replaced when it changes. Null leaves it.</param>
public sealed record HistorySample(string Subject, IReadOnlyList<double?> Values, string? Details = null);
