using System.Globalization;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Hosting.CommandLine;

/// <summary>Findings as a person reads them: the most serious first, one line each with its key in front, and what helps below.</summary>
internal static class ValidateText
{
    private const int WidestKey = 32;
    private const string Reset = "\u001b[0m";

    public static IEnumerable<string> Lines(string environment, IReadOnlyList<Finding> findings, bool colour)
    {
        yield return $"Settings of {environment}";
        var width = Math.Min(WidestKey, findings.Select(finding => finding.Key.Length).DefaultIfEmpty(0).Max());
        foreach (var group in findings.GroupBy(finding => finding.Level).OrderByDescending(group => group.Key))
        {
            var heading = Count(group.Count(), ValidateJson.Level(group.Key));
            yield return "";
            yield return colour ? $"{Colour(group.Key)}{heading}{Reset}" : heading;
            foreach (var finding in group)
            {
                yield return $"  {finding.Key.PadRight(width)}  {finding.Message} ({finding.Rule})";
                if (finding.Remedy.Length > 0)
                {
                    yield return $"  {new string(' ', width)}  → {finding.Remedy}";
                }
            }
        }

        yield return "";
        yield return findings.Any(finding => finding.Level > FindingLevel.Note)
            ? string.Join(", ", findings.GroupBy(finding => finding.Level).OrderByDescending(group => group.Key).Select(group => Count(group.Count(), ValidateJson.Level(group.Key))))
            : "Clean: no errors and no warnings.";
    }

    private static string Count(int count, string word) => string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}");

    // Meaning never rests on the colour alone: the word stands beside it.
    private static string Colour(FindingLevel level) => level switch
    {
        FindingLevel.Error => "\u001b[31m",
        FindingLevel.Warning => "\u001b[33m",
        _ => "\u001b[90m",
    };
}
