using System.Text.Encodings.Web;
using System.Text.Json;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>A file to hand out, or why there is none.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Fault">Why there is none; null when there is.</param>
public sealed record ExportedFile(string Name, string Text, string? Fault = null)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name alone: the text may hold secrets.</summary>
    public override string ToString() => Name;

    internal static ExportedFile Missing(string environment) => new("", "", $"{environment} has no settings that could be handed out.");

    internal static ExportedFile Of(string environment, int revision, SettingsForm form, EnvFile file)
    {
        var safe = string.Concat(environment.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
        return form switch
        {
            SettingsForm.AppSettings => new(FormattableString.Invariant($"appsettings.{safe}.r{revision}.json"), Json(file)),
            SettingsForm.Shell => new(FormattableString.Invariant($"{safe}.r{revision}.sh"), Shell(file)),
            _ => new(FormattableString.Invariant($".env.{safe}"), file.ToText()),
        };
    }

    private static string Json(EnvFile file) => JsonSerializer.Serialize(Values(file).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal), Indented) + "\n";

    // Within single quotes a shell takes everything as it stands; a reference to another variable is meant to be resolved.
    private static string Shell(EnvFile file) => string.Concat(Values(file).Select(pair => pair.Value.Contains("${", StringComparison.Ordinal)
        ? $"export {pair.Key}=\"{pair.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("$(", "\\$(", StringComparison.Ordinal)}\"\n"
        : $"export {pair.Key}='{pair.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'\n"));

    /// <summary>The last value of each key that every reader takes.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Values(EnvFile file) => file.Lines
        .Where(line => line.Kind == EnvLineKind.Assignment && EnvText.IsKey(line.Key!))
        .Select(line => line.Key!)
        .Distinct(StringComparer.Ordinal)
        .Select(key => KeyValuePair.Create(key, file.Find(key)!.Value!));
}
