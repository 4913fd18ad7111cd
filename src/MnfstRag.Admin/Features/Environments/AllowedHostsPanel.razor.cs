using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Shows the list, and changes it after the password was typed again.</summary>
public sealed partial class AllowedHostsPanel(AllowedHostsService service) : IDisposable
{
    private readonly PageLife _gone = new();
    private IReadOnlyList<AllowedHost>? _hosts;
    private string? _fault;
    private string? _removing;
    private string _host = "";
    private string _password = "";
    private bool _busy;
    private int _turn;

    /// <summary>The viewer may change it.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => DoAsync(() => Task.FromResult<string?>(null));

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private void Ask(string host) => (_removing, _fault) = (host, null);

    private Task AllowAsync()
    {
        var (host, password) = (_host, _password);
        return DoAsync(async () =>
        {
            var fault = await service.AllowAsync(host, password, _gone.Token);
            _host = fault is null ? "" : host;
            return fault;
        });
    }

    private Task ForbidAsync()
    {
        var (host, password) = (_removing!, _password);
        return DoAsync(async () =>
        {
            var fault = await service.ForbidAsync(host, password, _gone.Token);
            _removing = fault is null ? null : host;
            return fault;
        });
    }

    private async Task DoAsync(Func<Task<string?>> change)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _password, _turn) = (true, "", _turn + 1);
        try
        {
            _fault = await change();
            _hosts = await service.ListAsync(_gone.Token);
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (OperationCanceledException) when (_gone.IsOver)
        {
            // The viewer left.
        }
        finally
        {
            _busy = false;
        }
    }
}
