namespace MnfstRag.Admin.Components.Charts;

/// <summary>Points on their way to the browser.</summary>
/// <param name="Replace">They take the place of what it has; else they follow it.</param>
/// <param name="Times">Unix milliseconds.</param>
/// <param name="Values">At each time, one value a series.</param>
internal sealed record ChartBatch(bool Replace, IReadOnlyList<long> Times, IReadOnlyList<IReadOnlyList<double?>> Values);
