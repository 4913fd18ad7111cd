using System.Globalization;
using System.Text.Json;

namespace MnfstRag.Admin.Benchmarks.Reporting;

/// <summary>All results: a table for a person, JSON for keeping.</summary>
/// <param name="Machine">What it ran on.</param>
/// <param name="Quick">Fewer repeats than figures to be quoted want.</param>
/// <param name="MeasuredAt">UTC.</param>
/// <param name="Method">Notes that hold for every figure.</param>
/// <param name="Results">In the order they ran.</param>
internal sealed record Report(
    string Machine, bool Quick, DateTimeOffset MeasuredAt, IReadOnlyList<string> Method, IReadOnlyList<RunResult> Results)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    public IEnumerable<string> Lines()
    {
        yield return $"{Machine}{(Quick ? " · quick run: indicative only" : "")}";
        foreach (var note in Method)
        {
            yield return $"  {note}";
        }

        foreach (var result in Results)
        {
            yield return "";
            yield return $"== {result.Name} ({result.Seconds:0} s)";
            if (result.Figures.Count > 0)
            {
                yield return Row("", "median", "min", "max", "p95", "n", "");
            }

            foreach (var figure in result.Figures)
            {
                var values = figure.Values;
                yield return values.Count == 1
                    ? Row(figure.Name, Number(values.Median), "", "", "", "1", figure.Unit)
                    : Row(
                        figure.Name, Number(values.Median), Number(values.Min), Number(values.Max), Number(values.P95),
                        values.Count.ToString(CultureInfo.InvariantCulture), figure.Unit);
            }

            foreach (var goal in result.Goals)
            {
                yield return $"  {(goal.Met ? "met    " : "NOT MET")}  {goal.Wish}: {goal.Found}";
            }

            foreach (var note in result.Notes)
            {
                yield return $"  · {note}";
            }
        }
    }

    private static string Row(string name, string median, string min, string max, string p95, string count, string unit)
        => $"  {name,-58} {median,10} {min,10} {max,10} {p95,10} {count,4}  {unit}";

    private static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };
}
