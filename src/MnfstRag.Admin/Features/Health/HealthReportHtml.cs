using System.Globalization;
using System.Net;
using System.Text;
using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>A report as one page that is read without a network: styles inside, no script, no picture, no link.</summary>
internal static class HealthReportHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --text: #1c2326; --quiet: #576469; --line: #d5dcdf; --page: #ffffff; --bad: #b3261e; --warn: #8a5a00; --good: #1d6b45; }
        @media (prefers-color-scheme: dark) { :root { --text: #e4eaec; --quiet: #9fadb3; --line: #39454a; --page: #14191b; --bad: #ff8a80; --warn: #f2b84b; --good: #6fd3a0; } }
        body { margin: 0 auto; padding: 24px 16px 48px; max-width: 880px; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
        h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.25; }
        h2 { display: flex; gap: 12px; align-items: baseline; margin: 0 0 4px; font-size: 16px; line-height: 1.3; }
        p { margin: 0 0 8px; overflow-wrap: anywhere; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0 0 16px; }
        dt, .quiet { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        section { border-top: 1px solid var(--line); padding: 12px 0; }
        .mark { flex: none; width: 4.5em; font-weight: 600; font-variant-caps: all-small-caps; }
        .failing .mark, h1 .failing { color: var(--bad); }
        .warning .mark, h1 .warning { color: var(--warn); }
        .ok .mark, h1 .ok { color: var(--good); }
        .skipped .mark { color: var(--quiet); }
        .name { font: 13px ui-monospace, monospace; color: var(--quiet); }
        .remedy { border-left: 3px solid var(--line); padding-left: 10px; }
        .skipped h2 { font-weight: 400; }
        @media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
        """;

    public static string Write(HealthReport report)
    {
        var verdict = VerdictWords.Of(report.Verdict);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Health of {Plain(report.Environment)}: {verdict}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <main>
            <h1>Health of <bdi>{Plain(report.Environment)}</bdi>: <span class="{verdict}">{verdict}</span></h1>
            <dl>
            <dt>Server</dt><dd>{Plain(report.Server)}</dd>
            <dt>Checked</dt><dd>{report.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC by <bdi>{Plain(report.By)}</bdi>, in {report.Took.TotalSeconds:0.0} s</dd>
            <dt>Result</dt><dd>{report.Sum}</dd>

            """);
        if (report.Compared is { } compared)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>Compared</dt><dd>with the run of {compared.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC and those before it</dd>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</dl>\n<p class=\"quiet\">{Plain(HealthReportWords.Promise(report))}</p>\n");
        foreach (var line in report.Judged)
        {
            Line(page, line);
        }

        foreach (var (reason, lines) in report.Skipped)
        {
            page.Append(CultureInfo.InvariantCulture, $"<section class=\"skipped\">\n<h2><span class=\"mark\">skipped</span> {Plain(string.Join(", ", lines.Select(line => line.Name)))}</h2>\n<p>{Plain(reason)}</p>\n");
            foreach (var remedy in lines.Select(line => line.Remedy).Where(remedy => remedy.Length > 0).Distinct(StringComparer.Ordinal))
            {
                page.Append(CultureInfo.InvariantCulture, $"<p class=\"remedy\">{Plain(remedy)}</p>\n");
            }

            page.Append("</section>\n");
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Line(StringBuilder page, HealthReportLine line)
    {
        var verdict = VerdictWords.Of(line.Verdict);
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"{verdict}\">\n<h2><span class=\"mark\">{verdict}</span> {Plain(line.Title)}</h2>\n<p>{Plain(line.Evidence)}</p>\n");
        if (line.Past is { } past)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p><strong>{Plain(past)}</strong></p>\n");
        }

        if (line.Remedy.Length > 0 && line.Verdict != Verdict.Ok)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"remedy\">{Plain(line.Remedy)}</p>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<p class=\"name\">{Plain(line.Name)}, {line.Took.TotalMilliseconds:0} ms</p>\n</section>\n");
    }

    private static string Plain(string text) => WebUtility.HtmlEncode(text);
}
