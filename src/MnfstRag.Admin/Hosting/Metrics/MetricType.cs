namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>What a figure does over time.</summary>
internal enum MetricType
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows, but for resets.</summary>
    Counter,
}
