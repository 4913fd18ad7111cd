using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Thresholds of one rule, with the password of who changes them.</summary>
public sealed partial class RuleForm
{
    private bool _enabled;
    private string _warning = "";
    private string _critical = "";
    private string _for = "";
    private string _password = "";
    private string? _fault;

    /// <summary>As it is in force.</summary>
    [Parameter, EditorRequired]
    public RuleSetting Rule { get; set; } = null!;

    /// <summary>Something is being written.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why it was not saved.</summary>
    [Parameter]
    public string? Fault { get; set; }

    /// <summary>Save, with the password.</summary>
    [Parameter]
    public EventCallback<(RuleDraft Draft, string Password)> OnSave { get; set; }

    /// <summary>Back to the default, with the password.</summary>
    [Parameter]
    public EventCallback<string> OnReset { get; set; }

    private string Where => $"{(Rule.Default.LowerIsWorse ? "at or below" : "from")}{(Rule.Default.Unit.Length > 0 ? $", in {Rule.Default.Unit}" : "")}";

    /// <inheritdoc />
    protected override void OnInitialized() =>
        (_enabled, _warning, _critical, _for) = (Rule.Enabled, Text(Rule.Warning), Text(Rule.Critical), Rule.ForSeconds.ToString(CultureInfo.InvariantCulture));

    private static string Text(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    private string Default(double? value) => value is null ? "none" : $"{Text(value)} {Rule.Default.Unit}".TrimEnd();

    private Task SaveAsync()
    {
        if (!Read(_warning, out var warning) || !Read(_critical, out var critical) || !int.TryParse(_for, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            _fault = "A threshold is a number like 75 or 0.5, or empty for none; the time is whole seconds.";
            return Task.CompletedTask;
        }

        _fault = null;
        return OnSave.InvokeAsync((new RuleDraft(Rule.Default.Key, _enabled, warning, critical, seconds), _password));
    }

    private static bool Read(string text, out double? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var good = double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        value = number;
        return good;
    }
}
