using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>One finding, with the way to mend it where a feature knows one (<see cref="IRemedyLinks"/>), to dismiss and to restore it.</summary>
public sealed partial class FindingCard(FindingsService findings, IEnumerable<IRemedyLinks> remedies) : IDisposable
{
    private readonly PageLife _gone = new();
    private (Finding?, Dismissal?, bool) _shown;
    private (string, string, string?) _mended;
    private RemedyLink? _remedy;
    private bool _changed = true;
    private bool _asking;
    private bool _busy;
    private string _reason = "";
    private DismissalLength _length = DismissalLength.Week;
    private string? _fault;

    /// <summary>Where.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>What is wrong.</summary>
    [Parameter, EditorRequired]
    public Finding Finding { get; set; } = null!;

    /// <summary>Why it is put aside; null when it is not.</summary>
    [Parameter]
    public Dismissal? Dismissal { get; set; }

    /// <summary>Whether the caller may dismiss findings (<see cref="FindingsService.MayDismissAsync"/>).</summary>
    [Parameter]
    public bool MayDismiss { get; set; }

    /// <summary>Says where, on pages that show several environments.</summary>
    [Parameter]
    public bool ShowEnvironment { get; set; }

    /// <summary>Further actions, such as a link to where it shows. They follow from the finding alone: another fragment by itself renders nothing.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var now = (Finding, Dismissal, MayDismiss);
        _changed = !Equals(_shown, now);
        _shown = now;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Environment, Finding.Key, Finding.Sql);
        if (wanted == _mended)
        {
            return;
        }

        (_mended, _remedy) = (wanted, null);
        var leave = _gone.Token;
        foreach (var feature in remedies)
        {
            if (await feature.OfAsync(Environment, Finding, leave) is not { } link)
            {
                continue;
            }

            if (wanted == _mended)
            {
                (_remedy, _changed) = (link, true);
            }

            return;
        }
    }

    /// <inheritdoc />
    protected override bool ShouldRender() => _changed;

    private void Ask(bool asking) => (_asking, _fault, _changed) = (asking, null, true);

    private Task DismissAsync() => RunAsync(() => findings.DismissAsync(Environment, Finding.Key, _reason, _length, _gone.Token));

    private Task RestoreAsync() => RunAsync(() => findings.RestoreAsync(Environment, Finding.Key, _gone.Token));

    private async Task RunAsync(Func<Task<string?>> change)
    {
        (_busy, _changed) = (true, true);
        _fault = await change();
        (_busy, _changed) = (false, true);
        if (_fault is null)
        {
            (_asking, _reason) = (false, "");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }
}
