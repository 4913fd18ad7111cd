using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Overview;

/// <summary>One environment on the front page. Renders when its card is another one.</summary>
public sealed partial class EnvironmentOverview(EnvironmentSelection selection)
{
    private EnvironmentCard? _shown;
    private (string, FindingLevel)[] _tones = [];
    private bool _changed;

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public EnvironmentCard Card { get; set; } = null!;

    /// <summary>What is wrong with it and not put aside, the worst first.</summary>
    [Parameter]
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    private EnvironmentSnapshot Snapshot => Card.Snapshot;

    private string HeadingId => $"environment-{Snapshot.EnvironmentId:N}";

    /// <summary>"1 critical, 2 warnings." before the figures.</summary>
    private string Well => Findings.Count == 0
        ? $"Nothing is wrong. {Summary}"
        : $"{string.Join(", ", Findings.GroupBy(finding => finding.Level).OrderByDescending(group => group.Key).Select(Counted))}. {Summary}";

    private string Summary => Card.Counts is { } counts
        ? $"{Words.Plural(counts.Active, "session")} active, {Words.Plural(counts.Total, "connection")} open."
        : "The first reading is on its way.";

    private string ExactConnections => Snapshot.Limits is { } limits
        ? $"max_connections {limits.MaxConnections}, of which {limits.SuperuserReserved} reserved for superusers and {limits.Reserved} for pg_use_reserved_connections"
        : "The limit has not been read yet";

    private string? DetailConnections => Card.Counts is { } counts
        ? $"{counts.Active} active, {counts.IdleInTransaction + counts.Aborted} idle in transaction"
        : null;

    private string ExactRate => Snapshot.Rates is null
        ? "Two readings make a rate: the counters were just read for the first time, or reset"
        : "Commits and rollbacks per second over the last interval, all databases";

    private string? DetailRate => Snapshot.Rates is { RollbacksPerSecond: > 0 } rates ? $"{Words.Rate(rates.RollbacksPerSecond)} rolled back" : null;

    private string ExactHit => Snapshot.Rates?.CacheHitRatio is null
        ? "No block was asked for in the last interval"
        : $"Of {Words.Rate(Snapshot.Rates.BlocksPerSecond)} blocks, over the last interval";

    private string LongestWords => Card.LongestTransaction is { } longest ? Words.Duration(longest) : "none";

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _changed = !ReferenceEquals(_shown, Card) || !_tones.SequenceEqual(Findings.Select(Toned));
        (_shown, _tones) = (Card, [.. Findings.Select(Toned)]);
    }

    /// <inheritdoc />
    protected override bool ShouldRender() => _changed;

    private static string? Of(ServerLimits? limits) => limits is null ? null : $"of {Words.Count(limits.Ordinary)}";

    private static (string, FindingLevel) Toned(Finding finding) => (finding.Key, finding.Level);

    private static string Counted(IGrouping<FindingLevel, Finding> group) =>
        Words.Plural(group.Count(), group.Key.Word(), group.Key == FindingLevel.Critical ? "critical" : null);

    private Tone ToneOf(params ReadOnlySpan<string> keys)
    {
        var tone = Tone.Quiet;
        foreach (var finding in Findings)
        {
            if (keys.Contains(finding.Rule))
            {
                tone = (Tone)Math.Max((int)tone, (int)finding.Level.Tone());
            }
        }

        return tone;
    }

    private string Link(string? query = null) => selection.Link(query is null ? "/connections" : $"/connections?{query}", Snapshot.Environment);
}
