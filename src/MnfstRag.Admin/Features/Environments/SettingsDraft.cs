using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>
/// An environment's settings while somebody edits them: the text without its secrets, and what it was made from. Stored secrets stand in it as
/// marks (<see cref="MaskedEnv"/>), and so do those that were typed: once they have arrived they are never sent back to a browser.
/// </summary>
/// <param name="EnvironmentId">Whose settings.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Origin">Revision whose values stand behind the marks of kept secrets; 0 for none.</param>
/// <param name="Expected">The newest revision that the editor saw: saving on top of another one is refused. 0 for none.</param>
/// <param name="Text">The .env text, secrets as marks.</param>
public sealed partial record SettingsDraft(Guid EnvironmentId, string Environment, int Origin, int Expected, string Text)
{
    /// <summary>Longest value that is typed into a field, in characters.</summary>
    public const int LongestValue = 8_192;

    /// <summary>Longest text that is edited as a whole, in characters: a browser's message may have 256 KB, and a character up to three bytes.</summary>
    public const int LongestTyped = 65_536;

    /// <summary>What the marks of typed secrets stand for, in their order.</summary>
    private ImmutableList<string> Typed { get; init; } = [];

    /// <summary>With another value for a key, in its place; null where no .env file can carry the value.</summary>
    public SettingsDraft? With(string key, string value) =>
        EnvFile.Parse(Text).TrySet(key, value, out var changed) ? WithText(changed.ToText()) : null;

    /// <summary>Without a key: its lines are taken out.</summary>
    public SettingsDraft Without(string key)
    {
        var file = EnvFile.Parse(Text);
        return this with { Text = (file.HasByteOrderMark ? "\uFEFF" : "") + string.Concat(file.Lines.Where(line => line.Key != key).Select(line => line.Text)) };
    }

    /// <summary>With another text; what is, or may be, a secret in it is taken out and a mark put in its place.</summary>
    public SettingsDraft WithText(string text)
    {
        var file = EnvFile.Parse(text);
        var typed = Typed.ToBuilder();
        var shown = new StringBuilder(file.HasByteOrderMark ? "\uFEFF" : "");
        foreach (var line in file.Lines)
        {
            var part = Marks().IsMatch(line.Kind == EnvLineKind.Assignment ? line.Raw : line.Text.Trim()) ? SecretPart.Nothing : SecretLines.Of(line);
            _ = part switch
            {
                SecretPart.Nothing => shown.Append(line.Text),
                SecretPart.Value => shown.Append(line.Prefix).Append(Keep(line.Raw)).Append(line.Suffix),
                _ => shown.Append(Lead(line.Text)).Append("# ").Append(Keep(line.Text.Trim())).Append(End(line.Text)),
            };
        }

        return this with { Text = shown.ToString(), Typed = typed.ToImmutable() };

        string Keep(string secret)
        {
            typed.Add(secret);
            return string.Create(CultureInfo.InvariantCulture, $"«typed:{typed.Count - 1}»");
        }
    }

    /// <summary>The text with the typed secrets in it, those that are kept still as marks. Never render it.</summary>
    internal string Whole()
    {
        var file = EnvFile.Parse(Text);
        var whole = new StringBuilder(file.HasByteOrderMark ? "\uFEFF" : "");
        foreach (var line in file.Lines)
        {
            _ = line.Kind == EnvLineKind.Assignment
                ? whole.Append(line.Prefix).Append(Find(line.Raw) ?? line.Raw).Append(line.Suffix)
                : Find(line.Text.Trim()) is { } text ? whole.Append(Lead(line.Text)).Append(text).Append(End(line.Text)) : whole.Append(line.Text);
        }

        return whole.ToString();
    }

    /// <summary>Whose, never what.</summary>
    public override string ToString() => $"draft of {Environment} from revision {Origin}";

    private string? Find(string mark) =>
        TypedMarks().Match(mark) is { Success: true } match && int.TryParse(match.Groups["place"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < Typed.Count
            ? Typed[place]
            : null;

    private static string Lead(string text) => text[..^text.TrimStart().Length];

    private static string End(string text) => text[text.TrimEnd().Length..];

    [GeneratedRegex("^(# )?«(kept|typed):[0-9]{1,6}»$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex("^(# )?«typed:(?<place>[0-9]{1,6})»$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TypedMarks();
}
