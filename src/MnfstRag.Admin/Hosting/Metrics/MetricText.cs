using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Prometheus' text format 0.0.4 and OpenMetrics 1.0.0.</summary>
internal static class MetricText
{
    private const string OpenMetrics = "application/openmetrics-text";
    private const string Total = "_total";

    /// <summary>Whether the caller would rather have OpenMetrics than the older format.</summary>
    public static bool WantsOpenMetrics(IList<MediaTypeHeaderValue>? accept)
    {
        var (open, plain) = (Quality(OpenMetrics), Quality("text/plain"));
        return open > 0 && open >= plain;

        double Quality(string type) => accept?.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max() ?? 0;
    }

    /// <summary>Content type of either.</summary>
    public static string ContentType(bool openMetrics) =>
        openMetrics ? $"{OpenMetrics}; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// The page. OpenMetrics wants every counter to end in <c>_total</c>: postgres_exporter's older names do not, and keep their name there
    /// as type <c>unknown</c>, so that a series is called the same whichever format a scrape chose.
    /// </summary>
    public static string Write(MetricSheet sheet, bool openMetrics)
    {
        var text = new StringBuilder();
        foreach (var family in sheet.Families)
        {
            var counter = family.Type == MetricType.Counter;
            var total = family.Name.EndsWith(Total, StringComparison.Ordinal);
            var name = openMetrics && counter && total ? family.Name[..^Total.Length] : family.Name;
            var type = !counter ? "gauge" : openMetrics && !total ? "unknown" : "counter";
            text.Append("# HELP ").Append(name).Append(' ').Append(Help(family.Help, openMetrics)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
            foreach (var (labels, value) in family.Samples)
            {
                text.Append(family.Name).Append(labels).Append(' ').Append(Number(value)).Append('\n');
            }
        }

        return text.Append(openMetrics ? "# EOF\n" : "").ToString();
    }

    private static string Help(string help, bool openMetrics)
    {
        var escaped = help.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return openMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
