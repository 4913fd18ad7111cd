namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>All series of one name.</summary>
internal sealed class MetricFamily(string name, MetricType type, string help)
{
    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    public string Name => name;

    public MetricType Type => type;

    public string Help => help;

    /// <summary>Labels as they are written ("{a=\"b\"}", empty without any) with their figures.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>Adds a series. A second one with the same labels would break the scrape, so the first stays.</summary>
    public void Add(string labels, double value) => _samples.TryAdd(labels, value);
}
