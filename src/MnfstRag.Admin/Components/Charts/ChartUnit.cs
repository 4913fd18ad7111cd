namespace MnfstRag.Admin.Components.Charts;

/// <summary>What the values of a chart are, and so how they are written.</summary>
public enum ChartUnit
{
    /// <summary>Whole things.</summary>
    Count,

    /// <summary>Things a second.</summary>
    PerSecond,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes a second.</summary>
    BytesPerSecond,

    /// <summary>A ratio of 0–1.</summary>
    Ratio,

    /// <summary>Seconds.</summary>
    Seconds,
}
