using System.Net;
using Microsoft.AspNetCore.Components;

namespace MnfstRag.Admin.Access.Pages;

/// <summary>What account pages share: they answer requests (static rendering), since they write cookies.</summary>
public abstract class AccountPage : ComponentBase
{
    /// <summary>What went wrong with the form just sent; null when nothing did.</summary>
    protected string? Fault { get; set; }

    /// <summary>The request.</summary>
    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = null!;

    /// <summary>Redirects.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Where to go after this.</summary>
    [SupplyParameterFromQuery(Name = AccountPaths.ReturnUrl)]
    protected string? ReturnUrl { get; set; }

    /// <summary>Where the request came from.</summary>
    protected IPAddress? Address => HttpContext.Connection.RemoteIpAddress;

    /// <summary>Whether this request is the first look at the page, not a form sent.</summary>
    protected bool IsFirstLook => HttpMethods.IsGet(HttpContext.Request.Method);

    /// <summary><see cref="ReturnUrl"/> as a query, when it names a page of this site.</summary>
    protected string ReturnQuery => AccountPaths.Local(ReturnUrl) is not "/" and var url ? $"?{AccountPaths.ReturnUrl}={Uri.EscapeDataString(url)}" : "";

    /// <summary>Goes to <see cref="ReturnUrl"/>, or to the front page.</summary>
    protected void GoBack() => Navigation.NavigateTo(AccountPaths.Local(ReturnUrl), forceLoad: true);
}
