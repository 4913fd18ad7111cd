using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Channels, and what was sent through them.</summary>
public sealed partial class AlertChannelsPage(AlertChannelsService service, IAccess access, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);

    private readonly PageLife _gone = new();
    private ChannelPage? _page;
    private ChannelDraft? _draft;
    private string? _fault;
    private string? _formFault;
    private string? _done;
    private string? _key;
    private bool _mayChange;
    private bool _busy;
    private LiveLoop? _following;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _mayChange = await access.MayAsync(Permissions.ChangeAlerts, _gone.Token);
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

    private static (Tone Tone, string Words) State(DeliveryItem delivery) =>
        delivery.DeliveredAt is not null ? (Tone.Quiet, "taken")
        : delivery.GivenUpAt is not null ? (Tone.Critical, "given up")
        : delivery.Attempts > 0 ? (Tone.Warning, "tried again soon")
        : (Tone.Notice, "waits");

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            (_page, _fault) = (await service.ReadAsync(_gone.Token), _busy ? _fault : null);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            _fault = "Channels cannot be read: the dashboard's own database does not answer.";
        }
    }

    private void Open(AlertChannelKind kind) =>
        (_draft, _formFault, _done) = (new ChannelDraft(null, "", kind, "", null, FindingLevel.Warning, Enabled: true), null, null);

    private void Open(ChannelItem channel) => (_draft, _formFault, _done) =
        (new ChannelDraft(channel.Id, channel.Name, channel.Kind, channel.Kind == AlertChannelKind.Email ? channel.Place : "", channel.Environment, channel.Least, channel.Enabled), null, null);

    private Task SaveAsync((ChannelDraft Draft, string Password) form) => DoAsync(async () =>
    {
        var saved = await service.SaveAsync(form.Draft, form.Password, _gone.Token);
        (_formFault, _key) = (saved.Fault, saved.Key ?? _key);
        if (saved.Fault is null)
        {
            (_draft, _done) = (null, $"{form.Draft.Name.Trim()} is saved. Send a try to see that it arrives.");
        }

        return null;
    });

    private Task RemoveAsync(string password) => DoAsync(async () =>
    {
        _formFault = await service.RemoveAsync(_draft!.Id!.Value, password, _gone.Token);
        if (_formFault is null)
        {
            (_done, _draft) = ($"{_draft.Name} is removed, with its messages.", null);
        }

        return null;
    });

    private Task TryAsync(ChannelItem channel) => DoAsync(async () =>
    {
        var fault = await service.TryAsync(channel.Id, _gone.Token);
        _done = fault is null ? $"A try is on its way to {channel.Name}; its state stands below." : null;
        return fault;
    });

    private Task AgainAsync(DeliveryItem delivery) => DoAsync(() => service.AgainAsync(delivery.Id, _gone.Token));

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
