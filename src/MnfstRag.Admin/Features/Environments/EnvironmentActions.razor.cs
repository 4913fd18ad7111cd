using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Renames and removes an environment. A password that was typed leaves the page with the question that it was typed for.</summary>
public sealed partial class EnvironmentActions(EnvironmentsService environments)
{
    private string _name = "";
    private string _password = "";
    private string? _fault;
    private bool _busy;
    private int _turn;

    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>It has another name, or is gone.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Task RenameAsync() => DoAsync(() => environments.RenameAsync(Name, _name));

    private Task RemoveAsync()
    {
        var password = _password;
        return DoAsync(() => environments.RemoveAsync(Name, password));
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
            if (_fault is null)
            {
                await OnChanged.InvokeAsync();
            }
        }
        catch (StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        finally
        {
            _busy = false;
        }
    }
}
