using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Components.Parts;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Reads once a revision where values come from, and asks Vault only when told to.</summary>
public sealed partial class SettingSources(SourcesService sources) : IDisposable
{
    private readonly PageLife _gone = new();
    private (string, int) _shown;
    private SourcesView? _view;
    private string? _fault;
    private bool _busy;

    /// <summary>Whose settings.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The newest revision's number; another one is read anew.</summary>
    [Parameter, EditorRequired]
    public int Revision { get; set; }

    /// <summary>The viewer may have Vault asked.</summary>
    [Parameter]
    public bool MayChange { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Environment, Revision))
        {
            _shown = (Environment, Revision);
            await ReadAsync(askVault: false);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Dispose();
    }

    private async Task ReadAsync(bool askVault)
    {
        (_busy, _fault) = (true, null);
        try
        {
            _view = await sources.ReadAsync(Environment, askVault, _gone.Token);
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
