namespace MnfstRag.Admin.Components.Charts;

/// <summary>Values of a chart in words, the same as its axis has.</summary>
internal static class ChartFigures
{
    /// <summary>"–" for null.</summary>
    public static string Write(double? value, ChartUnit unit) => unit switch
    {
        ChartUnit.PerSecond => Words.Rate(value),
        ChartUnit.Bytes => Words.Bytes((long?)value),
        ChartUnit.BytesPerSecond => value is null ? Words.Missing : $"{Words.Bytes((long)value)}/s",
        ChartUnit.Ratio => Words.Percent(value),
        ChartUnit.Seconds => Words.Duration(value is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        _ => Words.Count(value),
    };
}
