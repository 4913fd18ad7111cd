using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Sessions;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>Changes one's own password; forced while it is a one-time one.</summary>
public sealed partial class Password
{
    private bool MustChange => HttpContext.User.HasClaim(claim => claim.Type == SessionClaims.MustChangePassword);

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm Input { get; set; } = null!;

    [Inject]
    private OwnAccount Own { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized() => Input ??= new PasswordForm();

    private async Task ChangeAsync()
    {
        // Asked before: with the password the caller's claims change too.
        var forced = MustChange;
        Fault = Input.New != Input.Repeated
            ? "The two new passwords differ. Type the same one twice."
            : await Own.ChangePasswordAsync(Input.Current, Input.New ?? "");
        if (Fault is not null)
        {
            return;
        }

        if (forced)
        {
            GoBack();
        }
        else
        {
            Navigation.NavigateTo($"{AccountPaths.Manage}?done=password", forceLoad: true);
        }
    }
}
