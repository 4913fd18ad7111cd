using System.Globalization;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>A report as a person reads it: one line a check, what helps below it, and the sum at the end.</summary>
internal static class DiagnoseText
{
    private const string Reset = "\u001b[0m";

    private static readonly int NameWidth = HealthChecks.Names.Max(name => name.Length);

    public static IEnumerable<string> Lines(CheckReport report, bool colour)
    {
        yield return report.Server;
        yield return "";
        foreach (var result in report.Results)
        {
            var status = DiagnoseJson.Status(result.Outcome.Verdict).PadRight("skipped".Length);
            var mark = colour ? $"{Colour(result.Outcome.Verdict)}{status}{Reset}" : status;
            yield return $"{mark}  {result.Name.PadRight(NameWidth)}  {result.Outcome.Evidence}";
            if (result.Outcome.Remedy.Length > 0)
            {
                yield return $"{new string(' ', "skipped".Length + 2 + NameWidth)}  → {result.Outcome.Remedy}";
            }
        }

        yield return "";
        yield return Sum(report);
    }

    private static string Sum(CheckReport report)
    {
        var parts = new (Verdict Verdict, string Word)[] { (Verdict.Failing, "failing"), (Verdict.Warning, "warning"), (Verdict.Ok, "ok"), (Verdict.Skipped, "skipped") }
            .Select(part => (Count: report.Count(part.Verdict), part.Word))
            .Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Word}"));
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", parts)}; {report.Took.TotalSeconds:0.0} s");
    }

    // Meaning never rests on the colour alone: the word stands beside it.
    private static string Colour(Verdict verdict) => verdict switch
    {
        Verdict.Failing => "\u001b[31m",
        Verdict.Warning => "\u001b[33m",
        Verdict.Ok => "\u001b[32m",
        _ => "\u001b[90m",
    };
}
