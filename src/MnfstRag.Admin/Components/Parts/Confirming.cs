using MudBlazor;

namespace MnfstRag.Admin.Components.Parts;

/// <summary>Asks before an action: <c>if (await Dialogs.ConfirmAsync(new Confirmation(…)))</c>.</summary>
public static class Confirming
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    /// <summary>True when the person pressed the button that names the action; false for everything else.</summary>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, Confirmation question)
    {
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(
            title: null,
            new DialogParameters<ConfirmDialog> { { part => part.Question, question } },
            Options);
        return await dialog.Result is { Canceled: false };
    }
}
