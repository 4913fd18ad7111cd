namespace MnfstRag.Admin.Features.Tenants;

/// <summary>From upload to processed.</summary>
public sealed class ProcessingTimes
{
    /// <summary>Documents that it was measured of.</summary>
    public long Count { get; init; }

    /// <summary>Half of them took at most so many seconds; null without any.</summary>
    public double? Median { get; init; }

    /// <summary>95 of 100 took at most so many seconds.</summary>
    public double? Slow { get; init; }
}
