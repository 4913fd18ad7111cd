using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>What is wrong long enough to be told: now, in quiet times, and what is over. Read again every few seconds.</summary>
public sealed partial class AlertsPage(AlertsService alerts, EnvironmentSelection selection, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);

    private readonly PageLife _gone = new();
    private AlertBoard? _board;
    private MuteDraft? _muting;
    private string? _fault;
    private bool _busy;
    private LiveLoop? _following;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        _following = LiveLoop.Every(Pulse, clock, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var over = _following?.DisposeAsync() ?? ValueTask.CompletedTask;
        await _gone.EndAsync();
        await over;
        _gone.Dispose();
    }

    /// <summary>The environment that the bar above shows, where it is one that alerts know.</summary>
    private string? Current(AlertBoard? board) => board?.Environments.FirstOrDefault(name => name == selection.Current) ?? (board is { Environments: [var first, ..] } ? first : null);

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            (_board, _fault) = (await alerts.ReadAsync(_gone.Token), _busy ? _fault : null);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
    }

    private void Mute(AlertItem alert) => _muting = new MuteDraft(alert.Environment, alert.Rule, alert.Object, "", null, TimeSpan.FromHours(1));

    private Task MuteAsync(MuteDraft draft) => DoAsync(async () =>
    {
        var fault = await alerts.MuteAsync(draft, _gone.Token);
        _muting = fault is null ? null : draft;
        return fault;
    });

    private Task AcknowledgeAsync(AlertItem alert, string note) => DoAsync(() => alerts.AcknowledgeAsync(alert.Id, note, _gone.Token));

    private Task UnmuteAsync(AlertMute mute) => DoAsync(() => alerts.UnmuteAsync(mute.Id, _gone.Token));

    private async Task DoAsync(Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        try
        {
            var fault = await change();
            await ReadAsync();
            _fault = fault ?? _fault;
        }
        finally
        {
            _busy = false;
        }
    }
}
