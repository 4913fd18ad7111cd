using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>Findings of every environment: what needs a hand, before any figure.</summary>
public sealed partial class OverviewFindings(EnvironmentSelection selection)
{
    private const int First = 4;

    /// <summary>Of mere notices one stands in full: the figures below tell more.</summary>
    private const int FirstNotices = 1;

    private bool _all;
    private bool _aside;

    /// <summary>All of them, the worst first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EnvironmentFinding> Findings { get; set; } = [];

    /// <summary>There are several environments: each finding says its own.</summary>
    [Parameter]
    public bool Several { get; set; }

    /// <summary>Whether the caller may put findings aside.</summary>
    [Parameter]
    public bool MayDismiss { get; set; }

    private List<EnvironmentFinding> Open => [.. Findings.Where(one => one.Weighed.Dismissal is null)];

    /// <summary>How many stand in full at first.</summary>
    private int InFull => Math.Min(First, Math.Max(FirstNotices, Open.Count(one => one.Weighed.Finding.Level > FindingLevel.Notice)));

    private List<EnvironmentFinding> Aside => [.. Findings.Where(one => one.Weighed.Dismissal is not null)];

    /// <summary>" (3 warnings)": how bad the worst is of what is folded away.</summary>
    private string Rest => Open.Skip(InFull).GroupBy(one => one.Weighed.Finding.Level).MaxBy(group => group.Key) is { } worst
        ? $" ({Words.Plural(worst.Count(), worst.Key.Word(), worst.Key == FindingLevel.Critical ? "critical" : null)})"
        : "";
}
