using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Live.Fencing;
using MnfstRag.Postgres.Fencing;

namespace MnfstRag.Admin.Features.Fencing;

/// <summary>One of the two scripts: how what it builds stands, and what may be done with it.</summary>
public sealed partial class FencePartPanel
{
    private string _password = "";
    private bool _removes;
    private int _turn;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public FencePartView Part { get; set; } = null!;

    /// <summary>Its heading.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Something is under way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>What it is for.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>The script that was read is to be applied.</summary>
    [Parameter]
    public EventCallback<FenceOrder> OnApply { get; set; }

    /// <summary>What stands is to be removed.</summary>
    [Parameter]
    public EventCallback<FenceOrder> OnRemove { get; set; }

    private async Task SendAsync()
    {
        var order = new FenceOrder(Part.Part, Part.Print, _password);
        (_password, _turn) = ("", _turn + 1);
        await (_removes ? OnRemove : OnApply).InvokeAsync(order);
    }

    private static Tone ToneOf(FenceStanding? standing) => standing switch
    {
        FenceStanding.InForce => Tone.Quiet,
        FenceStanding.Outdated or FenceStanding.Absent => Tone.Notice,
        FenceStanding.Broken or FenceStanding.Altered => Tone.Critical,
        FenceStanding.ProductChanged => Tone.Warning,
        _ => Tone.Unknown,
    };

    private static string Word(FenceStanding? standing) => standing switch
    {
        FenceStanding.InForce => "holds",
        FenceStanding.Outdated => "holds, newer version ready",
        FenceStanding.Absent => "not applied",
        FenceStanding.Broken => "does not hold",
        FenceStanding.Altered => "altered",
        FenceStanding.ProductChanged => "product has changed",
        FenceStanding.NoProduct => "nothing to apply it to",
        _ => "not known",
    };
}
