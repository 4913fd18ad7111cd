using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access.Accounts;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>Adds, renames and removes one's own passkeys. Each change asks for the password (ASVS 7.5.1).</summary>
public sealed partial class Passkeys
{
    private IReadOnlyList<PasskeyView> _passkeys = [];

    [SupplyParameterFromForm(FormName = "add")]
    private PasskeyForm Input { get; set; } = null!;

    // The forms of single passkeys have names of their own, so their fields are read here.
    [SupplyParameterFromForm]
    private PasskeyChangeForm Change { get; set; } = null!;

    [Inject]
    private OwnPasskeys Own { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new PasskeyForm();
        Change ??= new PasskeyChangeForm();
        _passkeys = await Own.ListAsync();
    }

    private async Task AddAsync() => await AfterAsync(await Own.AddAsync(Input.Credential ?? "", Input.Name ?? "", Input.Password ?? ""));

    private async Task ChangeAsync() => await AfterAsync(Change.Action switch
    {
        "rename" => await Own.RenameAsync(Change.Id ?? "", Change.Name ?? "", Change.Password ?? ""),
        "remove" => await Own.RemoveAsync(Change.Id ?? "", Change.Password ?? ""),
        _ => "The form is not one of this page. Load the page again.",
    });

    private async Task AfterAsync(string? fault)
    {
        Fault = fault;
        _passkeys = await Own.ListAsync();
        if (fault is null)
        {
            Navigation.NavigateTo(AccountPaths.Passkeys, forceLoad: true);
        }
    }
}
