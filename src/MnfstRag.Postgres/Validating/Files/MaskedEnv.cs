using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MnfstRag.Postgres.Validating;

/// <summary>
/// A .env file as a person may see and edit it: what is, or may be, a secret stands as <c>«kept:4»</c>, the place of its line in the
/// file it is from. <see cref="Restore"/> puts the same values back, and none under another key.
/// </summary>
public static partial class MaskedEnv
{
    private const string Mark = "«kept:";

    /// <summary>The file with everything hidden that may be a secret, comments and what cannot be read included.</summary>
    public static string Mask(EnvFile file)
    {
        var text = new StringBuilder(file.HasByteOrderMark ? "\uFEFF" : "");
        foreach (var (place, line) in file.Lines.Index())
        {
            _ = SecretLines.Of(line) switch
            {
                SecretPart.Nothing => text.Append(line.Text),
                SecretPart.Value => text.Append(line.Prefix).Append(MarkOf(place)).Append(line.Suffix),
                _ => text.Append(Lead(line.Text)).Append("# ").Append(MarkOf(place)).Append(End(line.Text)),
            };
        }

        return text.ToString();
    }

    /// <summary>The file that an edited text means.</summary>
    /// <param name="text">What a person made of a masked text, or wrote anew.</param>
    /// <param name="origin">The file whose values are kept; null when there is none.</param>
    /// <param name="kept">Keys whose value was kept and not typed.</param>
    /// <param name="findings">An error for each mark that stands for nothing; the file is of no use then.</param>
    public static EnvFile Restore(string text, EnvFile? origin, out IReadOnlySet<string> kept, out IReadOnlyList<Finding> findings)
    {
        var draft = EnvFile.Parse(text);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<Finding>();
        var whole = new StringBuilder(draft.HasByteOrderMark ? "\uFEFF" : "");
        var lines = 0;
        foreach (var line in draft.Lines)
        {
            var place = Marks().Match(line.Kind == EnvLineKind.Assignment ? line.Raw : line.Text.Trim()) is { Success: true } match
                && int.TryParse(match.Groups["place"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            var source = origin is not null && place >= 0 && place < origin.Lines.Count ? origin.Lines[place] : null;
            if (!line.Text.Contains(Mark, StringComparison.Ordinal))
            {
                whole.Append(line.Text);
            }
            else if (line.Kind == EnvLineKind.Assignment && source is { Kind: EnvLineKind.Assignment } && source.Key == line.Key && SecretLines.Of(source) == SecretPart.Value)
            {
                whole.Append(line.Prefix).Append(source.Raw).Append(line.Suffix);
                keys.Add(line.Key!);
            }
            else if (line.Kind == EnvLineKind.Comment && source is not null && SecretLines.Of(source) == SecretPart.Line)
            {
                whole.Append(Lead(line.Text)).Append(source.Text, Lead(source.Text).Length, source.Text.Length - Lead(source.Text).Length - End(source.Text).Length).Append(End(line.Text));
                if (source.Key is { } key)
                {
                    keys.Add(key);
                }
            }
            else
            {
                faults.Add(Finding.Error(ShownNames.Key(line.Key, line.Number), "kept-mark", "The mark of a kept value was changed or moved to another key, so it stands for nothing.", "Type the value, or undo the change."));
            }

            lines++;
        }

        var file = EnvFile.Parse(whole.ToString());
        if (faults.Count == 0 && file.Lines.Count != lines)
        {
            // A quote that something opened above a kept value would swallow it.
            faults.Add(Finding.Error("file", "kept-mark", "A kept value no longer stands by itself: a quote above it is open.", "Close the quote, or type the value again."));
        }

        (kept, findings) = (keys, faults);
        return file;
    }

    /// <summary>The file to hand out: each secret as a reference to itself, hidden lines left out.</summary>
    public static string WithReferences(EnvFile file)
    {
        var text = new StringBuilder(file.HasByteOrderMark ? "\uFEFF" : "");
        foreach (var line in file.Lines)
        {
            _ = SecretLines.Of(line) switch
            {
                SecretPart.Nothing => text.Append(line.Text),
                SecretPart.Value => text.Append(line.Prefix).Append("${").Append(line.Key).Append('}').Append(line.Suffix),
                _ => text.Append(Lead(line.Text)).Append("# left out: it may hold a secret").Append(End(line.Text)),
            };
        }

        return text.ToString();
    }

    private static string MarkOf(int place) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{place}»");

    private static string Lead(string text) => text[..^text.TrimStart().Length];

    private static string End(string text) => text[text.TrimEnd('\r', '\n').Length..];

    [GeneratedRegex("^(# )?«kept:(?<place>[0-9]{1,6})»$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Marks();
}
