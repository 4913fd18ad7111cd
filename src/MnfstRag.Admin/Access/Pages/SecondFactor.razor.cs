using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.SignIn;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>The code of an authenticator app, or a recovery code, after the password.</summary>
public sealed partial class SecondFactor
{
    [SupplyParameterFromForm(FormName = "code")]
    private CodeForm Input { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "recovery")]
    private CodeForm Recovery { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private IOptions<AccessOptions> Options { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new CodeForm();
        Recovery ??= new CodeForm();
        if (IsFirstLook && await Services.GetRequiredService<AdminSignInManager>().GetTwoFactorAuthenticationUserAsync() is null)
        {
            Navigation.NavigateTo(AccountPaths.SignIn + ReturnQuery, forceLoad: true);
        }
    }

    private Task WithCodeAsync() => ContinueAsync(Input.Code, isRecoveryCode: false);

    private Task WithRecoveryCodeAsync() => ContinueAsync(Recovery.Code, isRecoveryCode: true);

    private async Task ContinueAsync(string? code, bool isRecoveryCode)
    {
        var step = await Services.GetRequiredService<SignInService>().WithCodeAsync(code ?? "", isRecoveryCode, Address);
        if (step == SignInStep.Done)
        {
            GoBack();
            return;
        }

        HttpContext.Response.StatusCode = SignInWords.StatusOf(step);
        Fault = step == SignInStep.Refused
            ? "This code was not accepted. A code works once and for about a minute: wait for the next one, and check the clock of the device."
            : SignInWords.Of(step, Options.Value);
    }
}
