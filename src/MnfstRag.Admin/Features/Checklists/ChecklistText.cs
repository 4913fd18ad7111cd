using System.Text;
using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Checklists;

/// <summary>A report as a file: Markdown for a ticket, CSV for a table.</summary>
public static class ChecklistText
{
    /// <summary>Markdown with a table a list.</summary>
    public static string Markdown(ChecklistReport report)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"# Checklists of {Cell(report.Environment)}\n\n{Words.Utc(report.At)}, judged as {report.Kind.ToString().ToLowerInvariant()}, settings of revision {report.Revision}.\n"));
        foreach (var list in report.Lists)
        {
            text.Append(FormattableString.Invariant($"\n## {list.Name}: {list.Done} of {list.Items.Count}\n\n| | Item | Evidence | As of | Remedy |\n|---|---|---|---|---|\n"));
            foreach (var item in list.Items)
            {
                text.Append(FormattableString.Invariant($"| {Mark(item.State)} | {Cell(item.Title)} | {Cell(Evidence(item))} | {(item.AsOf is { } at ? Words.Utc(at) : "")} | {Cell(item.Remedy)} |\n"));
            }
        }

        return text.ToString();
    }

    /// <summary>CSV by RFC 4180. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    public static string Csv(ChecklistReport report) => string.Concat(
        report.Lists.SelectMany(list => list.Items.Select(item => new[] { list.Name, item.Key, item.Title, item.State.ToString(), Evidence(item), item.AsOf is { } at ? Words.Utc(at) : "", item.Remedy }))
            .Prepend(["list", "key", "item", "state", "evidence", "as of", "remedy"])
            .Select(row => string.Join(",", row.Select(Quoted)) + "\r\n"));

    /// <summary>The evidence, with who stands for it.</summary>
    public static string Evidence(ChecklistItem item) => item.Attestation is { } word
        ? $"{item.Evidence} {(word.HasExpired ? "Formerly attested" : "Attested")} by {word.By}, {Words.Utc(word.At)}, {(word.HasExpired ? "expired" : "until")} {Words.Utc(word.ExpiresAt)}: {word.Note}"
        : item.Evidence;

    private static string Mark(ChecklistState state) => state switch
    {
        ChecklistState.Yes => "✓",
        ChecklistState.No => "✗",
        _ => "?",
    };

    private static string Cell(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).ReplaceLineEndings(" ");

    private static string Quoted(string text) =>
        $"\"{(text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
