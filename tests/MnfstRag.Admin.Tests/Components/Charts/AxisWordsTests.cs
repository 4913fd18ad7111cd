using System.Diagnostics;
using System.Text.Json;
using MnfstRag.Admin.Components.Charts;
using MnfstRag.Admin.Hosting;

namespace MnfstRag.Admin.Tests.Components.Charts;

/// <summary>Axes and tooltips are written in the browser (format.js), the legend and the table by the server (Words): they must agree.</summary>
public sealed class AxisWordsTests
{
    private static readonly double[] Values =
    [
        0, 0.004, 0.25, 0.5, 1, 3.14159, 9.99, 47, 99.4, 512, 999, 1_000, 1_023, 1_024, 2_000, 9_999, 9_999.5, 12_431, 59.9, 60, 192, 3_599, 3_600, 7_500,
        86_400, 273_600, 999_600, 1_048_575, 1_240_000, 1_331_439_861, 5e12, 0.00001, 0.0123, 0.4712, 0.9995, 0.99999,
    ];

    [Theory]
    [InlineData("Count")]
    [InlineData("PerSecond")]
    [InlineData("Bytes")]
    [InlineData("Ratio")]
    [InlineData("Seconds")]
    public async Task An_axis_says_what_the_table_says(string unit)
    {
        double[] values = unit switch
        {
            "Bytes" => [.. Values.Select(Math.Floor)],
            "Seconds" => [.. Values.Where(seconds => seconds < TimeSpan.MaxValue.TotalSeconds)],
            _ => Values,
        };
        var expected = values.Select(value => ChartFigures.Write(value, Enum.Parse<ChartUnit>(unit)));
        Assert.Equal(expected, await InBrowserWordsAsync(values, unit));
    }

    private static async Task<string[]> InBrowserWordsAsync(double[] values, string unit)
    {
        var module = new Uri(Path.Combine(ContentRoot.Find(AppContext.BaseDirectory), "wwwroot-assets", "js", "format.js"));
        var script = $"import {{ figure }} from {JsonSerializer.Serialize(module)}; process.stdout.write(JSON.stringify({JsonSerializer.Serialize(values)}.map(v => figure(v, '{unit}'))))";
        using var node = Process.Start(new ProcessStartInfo("node", ["--input-type=module", "--eval", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<string[]>(output)!;
    }
}
