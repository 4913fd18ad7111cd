using Microsoft.AspNetCore.Components;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Passwords;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>Where a one-time link leads. Looking at it uses nothing up: mail and chat programs look at links by themselves.</summary>
public sealed partial class Invitation
{
    private string? _name;

    [SupplyParameterFromForm(FormName = "invitation")]
    private PasswordForm Input { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [Inject]
    private AccountService Accounts { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new PasswordForm();
        _name = await Accounts.LinkOwnerAsync(Token, HttpContext.RequestAborted);
    }

    private async Task SetAsync()
    {
        if (Input.New != Input.Repeated)
        {
            Fault = "The two passwords differ. Type the same one twice.";
            return;
        }

        try
        {
            Fault = (await Accounts.UseLinkAsync(Token ?? "", Input.New ?? "", HttpContext.RequestAborted)).Fault;
        }
        catch (HashingBusyException busy)
        {
            Fault = busy.Message;
        }

        if (Fault is null)
        {
            Navigation.NavigateTo($"{AccountPaths.SignIn}?done=password", forceLoad: true);
        }
    }
}
