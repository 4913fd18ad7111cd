using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.ProductUsers;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>One's own account at a glance.</summary>
public sealed partial class Manage
{
    private OwnAccountView? _account;
    private bool _isOfProduct;

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [Inject]
    private IOptions<AccessOptions> Options { get; set; } = null!;

    [Inject]
    private IHostEnvironment Host { get; set; } = null!;

    private bool HasPasskeys => PasskeyDomain.Of(Options.Value, Host) is not null;

    [Inject]
    private OwnAccount Own { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        _isOfProduct = ProductClaims.Of(HttpContext.User) is not null;
        _account = await Own.ViewAsync();
    }
}
