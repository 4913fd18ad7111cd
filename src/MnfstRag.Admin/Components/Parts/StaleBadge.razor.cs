using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>The age of what a page shows, and why it is old. Belongs on every page that shows readings.</summary>
public sealed partial class StaleBadge
{
    private uint _tick;

    /// <summary>Age of the reading at this render; null when nothing has been read yet. The browser counts on from it.</summary>
    [Parameter, EditorRequired]
    public TimeSpan? Age { get; set; }

    /// <summary>Time between readings: older than three of them (and two seconds) is no longer called live.</summary>
    [Parameter]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How the sampler fares.</summary>
    [Parameter, EditorRequired]
    public WatchState State { get; set; }

    /// <summary>What is wrong, in words; null when live.</summary>
    [Parameter]
    public string? Explanation { get; set; }

    private TimeSpan FreshFor => Interval * 3 + TimeSpan.FromSeconds(2);

    private bool IsFresh => State == WatchState.Live && Age <= FreshFor;

    private string? Milliseconds => Age is { } age ? ((long)age.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    private string Mode => (State, Age) switch
    {
        (WatchState.NotConfigured, _) => "off",
        (_, null) => "waiting",
        (WatchState.Live, _) => "live",
        _ => "old",
    };

    private string Loudness => State switch
    {
        WatchState.Live when IsFresh => "live",
        WatchState.Connecting => "unknown",
        WatchState.NotConfigured => "unknown",
        WatchState.Follower => "notice",
        _ => "warning",
    };

    private string Text => Mode switch
    {
        "off" => Reasoned("not watched"),
        "waiting" => Reasoned("no reading yet"),
        "live" when IsFresh => $"live · {Words.Duration(Age)}",
        _ => Reasoned($"as of {Words.Ago(Age)}"),
    };

    protected override void OnParametersSet() => _tick++;

    private string Reasoned(string words) => Explanation is { Length: > 0 } ? $"{words} — {Explanation}" : words;
}
