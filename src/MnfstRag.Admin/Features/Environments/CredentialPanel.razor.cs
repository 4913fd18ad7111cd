using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Tries, sets and removes one credential. What is typed is forgotten as soon as it was handed on.</summary>
public sealed partial class CredentialPanel(CredentialsService service, TimeProvider clock) : IDisposable
{
    private CancellationTokenSource? _asking;
    private IReadOnlyList<Finding>? _findings;
    private DateTimeOffset _at;
    private string _address = "";
    private string _password = "";
    private string? _progress;
    private string? _fault;
    private string? _done;
    private int _turn;
    private bool _busy;
    private bool _open;
    private bool _removing;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>Which, and what of it may be shown.</summary>
    [Parameter, EditorRequired]
    public CredentialView Credential { get; set; } = null!;

    /// <summary>The viewer may change it.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <summary>It was set or removed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private string Title => Credential.Kind switch
    {
        CredentialKind.Watch => "Watch credential",
        CredentialKind.Maintain => "Maintain credential",
        CredentialKind.Fence => "Fence credential",
        _ => "Sign-in credential",
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _asking?.Cancel();
        _asking?.Dispose();
    }

    private string Id(string part) => $"credential-{CredentialWords.Name(Credential.Kind)}-{part}";

    private void Open(bool removing)
    {
        Close();
        (_open, _removing, _fault, _done) = (!removing, removing, null, null);
    }

    private void Close() => (_open, _removing, _address, _password) = (false, false, "", "");

    private Task TryAsync() => AskAsync(async (progress, stop) =>
    {
        Show(await service.TryAsync(Environment, Credential.Kind, progress, stop));
        return null;
    });

    private Task SetAsync()
    {
        var (address, password) = (_address, _password);
        return AskAsync(async (progress, stop) =>
        {
            var result = await service.SetAsync(Environment, Credential.Kind, address, password, progress, stop);
            Show(result);
            return result.Fault is null ? $"The {Title.ToLowerInvariant()} is saved and used from now on." : null;
        });
    }

    private Task RemoveAsync()
    {
        var password = _password;
        return AskAsync(async (_, stop) =>
        {
            var result = await service.RemoveAsync(Environment, Credential.Kind, password, stop);
            Show(result);
            return result.Fault is null ? $"The {Title.ToLowerInvariant()} is removed." : null;
        });
    }

    private void Show(CredentialResult result) =>
        (_fault, _findings, _at) = (result.Fault, result.Findings.Count > 0 ? result.Findings : null, clock.GetUtcNow());

    private async Task AskAsync(Func<IProgress<string>, CancellationToken, Task<string?>> ask)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _fault, _done, _findings, _password, _turn) = (true, null, null, null, "", _turn + 1);
        _asking?.Dispose();
        _asking = new CancellationTokenSource();
        var stop = _asking.Token;
        try
        {
            if (await ask(new Progress(this), stop) is { } done)
            {
                Close();
                _done = done;
                await OnChanged.InvokeAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _fault = "Asking was stopped; nothing was changed.";
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
    private sealed class Progress(CredentialPanel panel) : IProgress<string>
    {
        public void Report(string value) => _ = panel.InvokeAsync(() =>
        {
            panel._progress = value;
            panel.StateHasChanged();
        });
    }
}
