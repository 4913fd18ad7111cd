using System.Diagnostics;
using System.Text.Json;

namespace MnfstRag.Admin.Tests.Hosting.Metrics;

/// <summary>The text parsers of Prometheus' own client library for Python: the older format's, and OpenMetrics' strict one.</summary>
internal static class PrometheusParser
{
    private const string Python = "/usr/bin/python3";

    private const string Program = """
        import json, sys
        if sys.argv[1] == 'open':
            from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
        else:
            from prometheus_client.parser import text_string_to_metric_families as parse
        print(json.dumps([[s.name, s.labels, repr(float(s.value)), f.type] for f in parse(sys.stdin.buffer.read().decode('utf-8')) for s in f.samples]))
        """;

    private static readonly Lazy<string?> Why = new(() => !File.Exists(Python) ? "python3 is not installed" : Run("import prometheus_client.openmetrics.parser", "", "").Code == 0 ? null : "python3-prometheus-client is not installed");

    /// <summary>Why it cannot be asked; null when it can.</summary>
    public static string? Missing => Why.Value;

    /// <summary>All samples of a page.</summary>
    /// <exception cref="FormatException">The page is not well-formed; the parser's own words.</exception>
    public static IReadOnlyList<Sample> Parse(string page, bool openMetrics)
    {
        var (code, output, error) = Run(Program, openMetrics ? "open" : "text", page);
        if (code != 0)
        {
            throw new FormatException(error);
        }

        using var rows = JsonDocument.Parse(output);
        return
        [
            .. rows.RootElement.EnumerateArray().Select(row => new Sample(
                row[0].GetString()!,
                row[1].EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal),
                double.Parse(row[2].GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture),
                row[3].GetString()!)),
        ];
    }

    private static (int Code, string Output, string Error) Run(string program, string argument, string input)
    {
        var start = new ProcessStartInfo(Python, ["-c", program, argument]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.StandardInputEncoding = new System.Text.UTF8Encoding(false);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>One series with its figure.</summary>
    internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string Type);
}
