using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Tries a draft on the living server as soon as it opens, and saves it when nothing speaks against it.</summary>
public sealed partial class PlanPanel(SaveSettingsService saving) : IDisposable
{
    private CancellationTokenSource? _asking;
    private LiveProof? _proof;
    private string? _progress;
    private string? _fault;
    private string _reason = "";
    private bool _busy;
    private bool _stopped;

    /// <summary>What is to be saved.</summary>
    [Parameter, EditorRequired]
    public SettingsDraft Draft { get; set; } = null!;

    /// <summary>What it means.</summary>
    [Parameter, EditorRequired]
    public DraftView View { get; set; } = null!;

    /// <summary>It was saved under this number.</summary>
    [Parameter]
    public EventCallback<int> OnSaved { get; set; }

    /// <summary>Somebody else saved meanwhile.</summary>
    [Parameter]
    public EventCallback<RevisionRow> OnOvertaken { get; set; }

    /// <summary>Back to the editor.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    private IEnumerable<Finding> All => View.Findings.Concat(_proof?.Findings ?? []);

    private bool Stands => All.Any(finding => finding.Level == FindingLevel.Error);

    private bool Warns => All.Any(finding => finding.Level == FindingLevel.Warning);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => TryAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        _asking?.Cancel();
        _asking?.Dispose();
    }

    private Task TryAsync() => AskAsync(async (progress, stop) => _proof = await saving.TryAsync(Draft, progress, stop));

    private Task SaveAsync() => AskAsync(async (progress, stop) =>
    {
        var result = await saving.SaveAsync(Draft, _reason, progress, stop);
        _fault = result.Fault;
        if (result.Revision is { } number)
        {
            await OnSaved.InvokeAsync(number);
        }
        else if (result.Overtaken is { } by)
        {
            await OnOvertaken.InvokeAsync(by);
        }
    });

    private async Task AskAsync(Func<IProgress<string>, CancellationToken, Task> ask)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _stopped, _fault) = (true, false, null);
        _asking?.Dispose();
        _asking = new CancellationTokenSource();
        var stop = _asking.Token;
        try
        {
            await ask(new Progress(this), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _stopped = true;
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            (_busy, _progress) = (false, null);
        }
    }

    private async Task StopAsync() => await (_asking?.CancelAsync() ?? Task.CompletedTask);

    /// <summary>Told from the probes' threads.</summary>
    private sealed class Progress(PlanPanel panel) : IProgress<string>
    {
        public void Report(string value) => _ = panel.InvokeAsync(() =>
        {
            panel._progress = value;
            panel.StateHasChanged();
        });
    }
}
