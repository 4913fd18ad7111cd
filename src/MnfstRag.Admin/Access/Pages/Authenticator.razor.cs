using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access.Accounts;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>Turns the authenticator app on, with recovery codes shown once, or off.</summary>
public sealed partial class Authenticator
{
    private AuthenticatorSetup? _setup;
    private IReadOnlyList<string>? _codes;

    [SupplyParameterFromForm(FormName = "on")]
    private CodeForm Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "off")]
    private CodeForm Off { get; set; } = null!;

    [Inject]
    private OwnAuthenticator Own { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeForm();
        Off ??= new CodeForm();
        _setup = await Own.SetupAsync();
    }

    private async Task TurnOnAsync() => (_codes, Fault) = await Own.TurnOnAsync(Input.Code ?? "", Input.Password ?? "");

    private async Task TurnOffAsync()
    {
        Fault = await Own.TurnOffAsync(Off.Password ?? "");
        if (Fault is null)
        {
            Navigation.NavigateTo($"{AccountPaths.Manage}?done=authenticator-off", forceLoad: true);
        }
    }
}
