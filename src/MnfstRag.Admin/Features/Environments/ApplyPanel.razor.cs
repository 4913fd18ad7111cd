using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Looks at a target, writes the newest revision there, and shows what came of it.</summary>
public sealed partial class ApplyPanel(ApplyService applying, SourcesService sources) : IDisposable
{
    private readonly PageLife _gone = new();
    private IReadOnlyList<ApplyTarget> _targets = [];
    private IReadOnlyList<RunningPool> _running = [];
    private (string, int) _shown;
    private ApplyPlan? _plan;
    private ApplyReport? _report;
    private string? _fault;
    private string _doing = "";
    private bool _busy;

    /// <summary>Whose settings.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The newest revision's number; another one shows the targets anew.</summary>
    [Parameter, EditorRequired]
    public int Revision { get; set; }

    /// <summary>The viewer may apply.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>The viewer may see the audit log.</summary>
    [Parameter]
    public bool MayReadAudit { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Environment, Revision))
        {
            _shown = (Environment, Revision);
            (_plan, _report, _targets) = (null, null, []);
            await DoAsync("Reading where it can go.", ReadAsync);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task ReadAsync() =>
        (_targets, _running) = (await applying.TargetsAsync(Environment, _gone.Token), await sources.RunningAsync(Environment, _gone.Token));

    private Task LookAsync(ApplyTarget target) => DoAsync($"Reading {target.Words}.", async () =>
    {
        (_report, _plan) = (null, await applying.PlanAsync(Environment, target, _gone.Token));
        _fault = _plan is null ? "The settings changed meanwhile. Open this page again." : null;
    });

    private Task ApplyAsync() => DoAsync($"Writing {_plan!.Target.Words}.", async () =>
    {
        _report = await applying.ApplyAsync(_plan, _gone.Token);
        _plan = null;
        await ReadAsync();
    });

    private async Task DoAsync(string doing, Func<Task> work)
    {
        (_busy, _doing, _fault) = (true, doing, null);
        try
        {
            await work();
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (PermissionDeniedException)
        {
            _fault = "You may not do that any more.";
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left; what was begun goes on and is in the audit log.
        }
        finally
        {
            _busy = false;
        }
    }
}
