namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>A sheet on which everything is of one environment.</summary>
internal sealed class EnvironmentSheet(MetricSheet sheet, string environment)
{
    /// <summary>A figure that goes up and down; null, which is unknown, adds nothing.</summary>
    public void Gauge(string name, string help, double? value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        sheet.Add(name, MetricType.Gauge, help, value, [("environment", environment), .. labels]);

    /// <summary>A figure that only grows; null, which is unknown, adds nothing.</summary>
    public void Counter(string name, string help, double? value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        sheet.Add(name, MetricType.Counter, help, value, [("environment", environment), .. labels]);
}
