using System.Text;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>Everything of one scrape, by name in the order in which names came.</summary>
internal sealed class MetricSheet
{
    private readonly Dictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    public IEnumerable<MetricFamily> Families => _families.Values;

    /// <summary>Adds a figure; null, which is unknown, adds nothing.</summary>
    public void Add(string name, MetricType type, string help, double? value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (value is not { } figure)
        {
            return;
        }

        if (!_families.TryGetValue(name, out var family))
        {
            _families[name] = family = new MetricFamily(name, type, help);
        }

        family.Add(Labels(labels), figure);
    }

    /// <summary>Label values may hold anything: backslash, quote and line feed are escaped, all else stands as it is.</summary>
    private static string Labels(ReadOnlySpan<(string Name, string Value)> labels)
    {
        if (labels.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
        {
            text.Append(text.Length > 1 ? "," : "").Append(name).Append("=\"");
            foreach (var letter in value)
            {
                _ = letter switch
                {
                    '\\' => text.Append(@"\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append(@"\n"),
                    _ => text.Append(letter),
                };
            }

            text.Append('"');
        }

        return text.Append('}').ToString();
    }
}
