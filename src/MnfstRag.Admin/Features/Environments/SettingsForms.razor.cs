using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Every known key by section, and the others of the text.</summary>
public sealed partial class SettingsForms
{
    private static readonly Dictionary<SettingType, string[]> Known = new Dictionary<SettingType, string[]>
    {
        [SettingType.Boolean] = ["true", "false"],
        [SettingType.SslMode] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
        [SettingType.LogLevel] = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
        [SettingType.JwtAlgorithm] = ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"],
        [SettingType.EnvironmentName] = ["development", "staging", "production"],
    };

    /// <summary>Keys in the order of the form.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SettingsField> Fields { get; set; } = [];

    /// <summary>What the rules say.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    /// <summary>By which of the guide's environments it is judged.</summary>
    [Parameter]
    public EnvironmentKind Kind { get; set; }

    /// <summary>The viewer may change them.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>Another number means another draft: every field is drawn anew, so that nothing that was typed stays in a field it is no longer of.</summary>
    [Parameter]
    public int Turn { get; set; }

    /// <summary>A key was given a value.</summary>
    [Parameter]
    public EventCallback<(string Key, string Value)> OnSet { get; set; }

    /// <summary>A key was taken out.</summary>
    [Parameter]
    public EventCallback<string> OnUnset { get; set; }

    private static string Id(SettingsField field) => $"setting-{field.Key}";

    private static string Standard(SettingsField field) => field.Known?.EffectiveDefault is { } standard ? $"not set: {standard}" : "not set";

    private static string Secret(SettingsField field) => field.IsTyped ? "typed now" : field.IsSet ? "set; type to replace it" : "not set";

    private string? Invalid(SettingsField field) => Findings.Any(finding => finding.Key == field.Key && finding.Level == FindingLevel.Error) ? "true" : null;

    /// <summary>A value that is none of the choices is edited as text.</summary>
    private static string[]? Choices(SettingsField field) =>
        field is { IsHidden: false, Known: { } known } && Known.TryGetValue(known.Type, out var choices) && (field.Shown is null || choices.Contains(field.Shown, StringComparer.Ordinal)) ? choices : null;

    private string Advised(KnownSetting known)
    {
        var parts = new List<string>();
        if (known.Recommended?.For(Kind) is { } recommended)
        {
            parts.Add($"The guide advises {recommended} here.");
        }

        if (known.CodeDefault is not null && known.GuideDefault is not null)
        {
            parts.Add($"The guide's default is {known.GuideDefault}, the code's {known.CodeDefault}.");
        }

        if (known.Minimum is not null || known.Maximum is not null)
        {
            parts.Add($"From {known.Minimum} to {(known.Maximum is { } most ? Words.ExactCount(most) : "any")}.");
        }

        return string.Join(" ", parts);
    }

    private static string Reader(KnownSetting known) => known.ReadBy switch
    {
        SettingReader.PrefixedModel => "Only the guide's settings model has it.",
        SettingReader.Unproven => "Nothing proves that the product reads it.",
        SettingReader.Dashboard => "The dashboard reads it; the product does not.",
        _ => "",
    };

    private Task ChangeAsync(SettingsField field, ChangeEventArgs e) =>
        (string?)e.Value is { Length: > 0 } value ? OnSet.InvokeAsync((field.Key, value)) : field.IsHidden ? Task.CompletedTask : OnUnset.InvokeAsync(field.Key);
}
