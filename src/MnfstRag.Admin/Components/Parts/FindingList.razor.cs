using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>
/// Findings of an environment whose rules begin with one of the given prefixes, the worst first; dismissed ones behind a quiet
/// toggle. Follows the readings by itself and renders only when something changed.
/// </summary>
public sealed partial class FindingList(FindingsService findings) : IAsyncDisposable
{
    private IReadOnlyList<WeighedFinding> _all = [];
    private string? _environment;
    private LiveLoop? _loop;
    private bool _mayDismiss;
    private bool _asideShown;
    private bool _allShown;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>Prefixes of rules: "index.", "tables.bloat". Empty: every rule.</summary>
    [Parameter]
    public IReadOnlyList<string> Rules { get; set; } = [];

    /// <summary>Further actions on each, such as a link to the object.</summary>
    [Parameter]
    public RenderFragment<Finding>? Actions { get; set; }

    private IReadOnlyList<WeighedFinding> Open => [.. _all.Where(one => one.Dismissal is null && Wanted(one.Finding))];

    /// <summary>So many notices stand in full at first: a page is about its figures, and nothing is wrong yet where only notices are.</summary>
    private const int NoticesAtFirst = 2;

    /// <summary>All that is worse than a notice, and the first notices.</summary>
    private IEnumerable<WeighedFinding> InFull(IReadOnlyList<WeighedFinding> open) =>
        _allShown ? open : open.TakeWhile((one, at) => one.Finding.Level > FindingLevel.Notice || at < NoticesAtFirst);

    private IReadOnlyList<WeighedFinding> Aside => [.. _all.Where(one => one.Dismissal is not null && Wanted(one.Finding))];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _mayDismiss = await findings.MayDismissAsync();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (Environment == _environment)
        {
            return;
        }

        (_environment, _all) = (Environment, []);
        if (_loop is { } before)
        {
            await before.DisposeAsync();
        }

        var environment = Environment;
        _loop = LiveLoop.Start(leave => findings.WatchAsync(environment, leave), ShowAsync, DispatchExceptionAsync);
    }

    private Task ShowAsync(IReadOnlyList<WeighedFinding> all) => InvokeAsync(() =>
    {
        _all = all;
        StateHasChanged();
    });

    private bool Wanted(Finding finding) => Rules.Count == 0 || Rules.Any(rule => rule.Contains(':', StringComparison.Ordinal) ? finding.Key == rule : finding.Key.StartsWith(rule, StringComparison.Ordinal));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _loop?.DisposeAsync() ?? ValueTask.CompletedTask;
}
