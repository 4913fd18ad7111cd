using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>Hands out the settings of an environment as a file.</summary>
public sealed partial class ExportMenu
{
    private SettingsForm _form;
    private string _password = "";
    private string? _fault;

    [Inject]
    private ExportSettingsService Exports { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public string Environment { get; set; } = "";

    /// <summary>The viewer may have them with secrets.</summary>
    [Parameter]
    public bool MayHaveSecrets { get; set; }

    /// <summary>There is nothing to hand out.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    private async Task SaveAsync(Func<Task<ExportedFile>> export)
    {
        try
        {
            var file = await export();
            (_fault, _password) = (file.Fault, "");
            if (file.Fault is null)
            {
                await Js.InvokeVoidAsync("mnfst.saveText", file.Name, file.Text);
            }
        }
        catch (Data.StoreUnavailableException fault)
        {
            _fault = fault.Message;
        }
        catch (JSDisconnectedException)
        {
            // The viewer left.
        }
    }

    private static string Words(SettingsForm form) => form switch
    {
        SettingsForm.AppSettings => "appsettings.json",
        SettingsForm.Shell => "shell script (export …)",
        _ => ".env file",
    };
}
