using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.SignIn;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>Password or passkey.</summary>
public sealed partial class SignIn
{
    private bool _isEmpty;
    private bool _productUsers;

    [SupplyParameterFromForm(FormName = "password")]
    private SignInForm Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "passkey")]
    private PasskeyForm Passkey { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private AccountService Accounts { get; set; } = null!;

    [Inject]
    private IOptions<AccessOptions> Options { get; set; } = null!;

    [Inject]
    private IHostEnvironment Host { get; set; } = null!;

    private bool HasPasskeys => PasskeyDomain.Of(Options.Value, Host) is not null;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new SignInForm();
        Passkey ??= new PasskeyForm();
        _productUsers = await Services.GetRequiredService<ProductLookup>().AnyAsync(HttpContext.RequestAborted);
        if (!IsFirstLook)
        {
            return;
        }

        if (HttpContext.User.Identity?.IsAuthenticated == true)
        {
            GoBack();
            return;
        }

        _isEmpty = !await Accounts.AnyAsync(HttpContext.RequestAborted);
    }

    private async Task WithPasswordAsync() =>
        Follow(await Services.GetRequiredService<SignInService>().WithPasswordAsync(Input.Name ?? "", Input.Password ?? "", Address));

    private async Task WithPasskeyAsync()
    {
        var step = await Services.GetRequiredService<SignInService>().WithPasskeyAsync(Passkey.Credential ?? "", Address);
        Follow(step);
        if (step == SignInStep.Refused)
        {
            Fault = "This passkey was not accepted. It may have been removed from the account, or the account is locked. Sign in with the password, or ask an administrator.";
        }
    }

    private void Follow(SignInStep step)
    {
        switch (step)
        {
            case SignInStep.Done:
                GoBack();
                break;
            case SignInStep.SecondFactor:
                Navigation.NavigateTo(AccountPaths.SecondFactor + ReturnQuery, forceLoad: true);
                break;
            case SignInStep.ChooseTenant:
                Navigation.NavigateTo(AccountPaths.Tenant + ReturnQuery, forceLoad: true);
                break;
            default:
                HttpContext.Response.StatusCode = SignInWords.StatusOf(step);
                Fault = SignInWords.Of(step, Options.Value);
                break;
        }
    }
}
