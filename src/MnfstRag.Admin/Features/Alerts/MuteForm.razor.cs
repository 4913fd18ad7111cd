using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>For how long nobody is told of what, and why.</summary>
public sealed partial class MuteForm
{
    private static readonly (int Minutes, string Words)[] Lengths = [(15, "15 minutes"), (60, "an hour"), (240, "4 hours"), (480, "8 hours"), (1440, "a day"), (10080, "a week"), (43200, "30 days")];

    private string _environment = "";
    private string _rule = "";
    private string? _object;
    private string _reason = "";
    private DateTimeOffset? _from;
    private int _minutes = 60;
    private MuteDraft? _shown;

    /// <summary>Where to begin.</summary>
    [Parameter, EditorRequired]
    public MuteDraft Draft { get; set; } = null!;

    /// <summary>Names of all environments.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Environments { get; set; } = [];

    /// <summary>The form was sent.</summary>
    [Parameter]
    public EventCallback<MuteDraft> OnMute { get; set; }

    /// <summary>It was given up.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Draft))
        {
            return;
        }

        _shown = Draft;
        (_environment, _rule, _object, _reason, _from, _minutes) = (Draft.Environment, Draft.Rule ?? "", Draft.Object, Draft.Reason, Draft.From, (int)Draft.Length.TotalMinutes);
    }

    private Task SendAsync() => OnMute.InvokeAsync(new MuteDraft(_environment, _rule.Length == 0 ? null : _rule, _rule.Length == 0 ? null : _object, _reason, _from, TimeSpan.FromMinutes(_minutes)));
}
