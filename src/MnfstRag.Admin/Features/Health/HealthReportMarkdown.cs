using System.Globalization;
using System.Text;

namespace MnfstRag.Admin.Features.Health;

/// <summary>A report as Markdown. What checks say may hold any letter: it never becomes markup.</summary>
internal static class HealthReportMarkdown
{
    public static string Write(HealthReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Health of {Plain(report.Environment)}: {VerdictWords.Of(report.Verdict)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- Server: {Plain(report.Server)}\n- Checked: {report.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by {Plain(report.By)}, in {report.Took.TotalSeconds:0.0} s\n- Result: {report.Sum}\n");
        if (report.Compared is { } compared)
        {
            text.Append(CultureInfo.InvariantCulture, $"- Compared with the run of {compared.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC and those before it\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{HealthReportWords.Promise(report)}\n\n| | check | what was seen | what helps | ms |\n|---|---|---|---|---:|\n");
        foreach (var line in report.Judged)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {VerdictWords.Of(line.Verdict)} | {Plain(line.Title)} ({Plain(line.Name)}) | {Plain(line.Evidence)}{(line.Past is null ? "" : $" *{line.Past}*")} | {Plain(line.Remedy)} | {line.Took.TotalMilliseconds:0} |\n");
        }

        foreach (var (reason, lines) in report.Skipped)
        {
            text.Append(CultureInfo.InvariantCulture, $"| skipped | {string.Join(", ", lines.Select(line => Plain(line.Name)))} | {Plain(reason)} | {string.Join(" ", lines.Select(line => Plain(line.Remedy)).Where(remedy => remedy.Length > 0).Distinct(StringComparer.Ordinal))} | |\n");
        }

        return text.ToString();
    }

    /// <summary>Every letter that Markdown or HTML reads as more than itself, escaped; no line ends, for a cell is one line.</summary>
    private static string Plain(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '#' or '!' or '@' => escaped.Append('\\').Append(letter),
                '\r' or '\n' => escaped.Append(' '),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
