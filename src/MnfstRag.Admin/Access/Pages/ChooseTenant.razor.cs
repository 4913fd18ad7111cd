using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.ProductUsers;
using MnfstRag.Admin.Access.SignIn;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>One of several accounts of the product that have the same address and password.</summary>
public sealed partial class ChooseTenant
{
    private IReadOnlyList<ProductChoice> _choices = [];

    [SupplyParameterFromForm(FormName = "tenant")]
    private TenantForm Input { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    [Inject]
    private IOptions<AccessOptions> Options { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Input ??= new TenantForm();
        _choices = await Services.GetRequiredService<ProductSignIn>().ChoicesAsync(HttpContext.RequestAborted);
        if (_choices.Count == 0)
        {
            Navigation.NavigateTo(AccountPaths.SignIn + ReturnQuery, forceLoad: true);
        }
    }

    private async Task ChooseAsync()
    {
        var step = await Services.GetRequiredService<ProductSignIn>().ChooseAsync(Input.Index, Address);
        switch (step)
        {
            case SignInStep.Done:
                GoBack();
                break;
            case SignInStep.Refused:
                Fault = "This account is not what it was when you signed in. Start again.";
                break;
            default:
                Fault = SignInWords.Of(step, Options.Value);
                break;
        }
    }
}
