using System.Globalization;
using System.Text;

namespace MnfstRag.Admin.Components.Charts;

/// <summary>Geometry of a <see cref="Sparkline"/>: 120 × 28 units, one piece of path for each run of known values.</summary>
internal static class SparklinePath
{
    private const double Width = 120;
    private const double Height = 28;
    private const double Margin = 1.5;
    private const int MostPoints = 120;

    /// <summary>Pieces between gaps. More values than can be told apart are thinned to the highest of each stretch.</summary>
    public static IReadOnlyList<SparklineRun> Runs(IReadOnlyList<double?> values, double? ceiling)
    {
        var thin = Thin(values);
        var top = Math.Max(ceiling ?? 0, thin.Max() ?? 0);
        List<SparklineRun> runs = [];
        for (var start = 0; start < thin.Count; start++)
        {
            if (thin[start] is null)
            {
                continue;
            }

            var end = start;
            while (end + 1 < thin.Count && thin[end + 1] is not null)
            {
                end++;
            }

            runs.Add(Run(thin, start, end, top));
            start = end;
        }

        return runs;
    }

    private static SparklineRun Run(List<double?> values, int start, int end, double top)
    {
        var step = values.Count > 1 ? Width / (values.Count - 1) : 0;
        var line = new StringBuilder();
        for (var index = start; index <= end; index++)
        {
            var y = top > 0 ? Height - Margin - (values[index]!.Value / top * (Height - 2 * Margin)) : Height - Margin;
            line.Append(index == start ? 'M' : 'L').Append(Number(index * step)).Append(' ').Append(Number(y));
        }

        if (start == end)
        {
            line.Append("h0.5");
        }

        return new SparklineRun(line.ToString(), $"{line}L{Number(end * step)} {Number(Height)}L{Number(start * step)} {Number(Height)}Z");
    }

    private static List<double?> Thin(IReadOnlyList<double?> values)
    {
        if (values.Count <= MostPoints)
        {
            return [.. values];
        }

        return [.. Enumerable.Range(0, MostPoints).Select(slot =>
        {
            var from = (int)((long)slot * values.Count / MostPoints);
            var to = (int)((long)(slot + 1) * values.Count / MostPoints);
            double? highest = null;
            for (var index = from; index < to; index++)
            {
                highest = values[index] is { } value && !(value < highest) ? value : highest;
            }

            return highest;
        })];
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
