using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>Lets one file be chosen.</summary>
public sealed partial class FilePicker
{
    private bool _listening;

    /// <summary>A file was chosen.</summary>
    [Parameter, EditorRequired]
    public EventCallback<InputFileChangeEventArgs> OnChange { get; set; }

    /// <summary>What the browser's dialog offers, as in HTML's <c>accept</c>; all files without.</summary>
    [Parameter]
    public string? Accept { get; set; }

    /// <summary>Classes of the input.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // The input begins to listen in its own turn after this one.
            await Task.Yield();
            _listening = true;
            StateHasChanged();
        }
    }
}
