namespace MnfstRag.Admin.Features.Health;

/// <summary>A report to hand out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Text">What is in it.</param>
public sealed record HealthReportFile(string Name, string ContentType, string Text)
{
    internal static HealthReportFile Of(HealthReport report, HealthReportForm form)
    {
        var safe = string.Concat(report.Environment.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        var name = FormattableString.Invariant($"health-{safe}-{report.At:yyyy-MM-ddTHHmmss}Z");
        return form == HealthReportForm.Html
            ? new(name + ".html", "text/html; charset=utf-8", HealthReportHtml.Write(report))
            : new(name + ".md", "text/markdown; charset=utf-8", HealthReportMarkdown.Write(report));
    }
}
