using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Records of documents from a file: what is wrong with it first, then the choice.</summary>
public sealed partial class ImportPanel(TransferService transfers)
{
    private byte[] _content = [];
    private string _name = "";
    private ImportCheck? _check;
    private ImportReport? _report;
    private string? _fault;
    private bool _busy;

    /// <summary>Where.</summary>
    [Parameter]
    public string? Environment { get; set; }

    /// <summary>Whose documents.</summary>
    [Parameter, EditorRequired]
    public Guid Tenant { get; set; }

    /// <summary>Records were made.</summary>
    [Parameter]
    public EventCallback OnImported { get; set; }

    /// <summary>Closed.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private Task ReadAsync(InputFileChangeEventArgs e) => DoAsync(async () =>
    {
        (_check, _report) = (null, null);
        if (e.File.Size > ImportFile.Largest)
        {
            _fault = "The file is larger than 5 MB. Split it.";
            return;
        }

        using var memory = new MemoryStream();
        await using var stream = e.File.OpenReadStream(ImportFile.Largest);
        await stream.CopyToAsync(memory);
        (_content, _name) = (memory.ToArray(), e.File.Name);
        _check = await transfers.CheckAsync(Environment, Tenant, _name, _content);
    });

    private Task ImportAsync(bool skip) => DoAsync(async () =>
    {
        _report = await transfers.ImportAsync(Environment, Tenant, _name, _content, skip);
        _fault = _report.Fault;
        if (_report.Fault is null)
        {
            _check = null;
            await OnImported.InvokeAsync();
        }
    });

    private async Task DoAsync(Func<Task> act)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _fault) = (true, null);
        try
        {
            await act();
        }
        catch (Exception fault) when (TenantTrouble.Of(fault) is { } trouble)
        {
            _fault = trouble.Words;
        }
        finally
        {
            _busy = false;
        }
    }
}
