using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>Sessions by state in one bar, each part a filter.</summary>
public sealed partial class GroupBar
{
    /// <summary>Groups that have sessions.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<GroupCount> Groups { get; set; } = [];

    /// <summary>The dashboard's own connections.</summary>
    [Parameter]
    public int Own { get; set; }

    /// <summary>The page's state, for links.</summary>
    [Parameter, EditorRequired]
    public ConnectionsState State { get; set; } = new();

    private string Url(SessionGroup group) =>
        (State with { Filter = State.Filter with { Group = State.Filter.Group == group ? null : group }, Session = null }).ToUrl();

    private static string Longest(GroupCount group) => group switch
    {
        { For: null } => string.Empty,
        { Group: SessionGroup.Active or SessionGroup.Waiting } => $"longest statement {Words.Duration(group.For)}",
        _ => $"longest {Words.Duration(group.For)}",
    };

    private static SeriesMeaning Meaning(SessionGroup group) => group switch
    {
        SessionGroup.Active => SeriesMeaning.Active,
        SessionGroup.Waiting => SeriesMeaning.WaitingOnLock,
        SessionGroup.IdleInTransaction => SeriesMeaning.IdleInTransaction,
        SessionGroup.Aborted => SeriesMeaning.Aborted,
        SessionGroup.Idle => SeriesMeaning.Idle,
        SessionGroup.Hidden => SeriesMeaning.Hidden,
        _ => SeriesMeaning.Other,
    };
}
