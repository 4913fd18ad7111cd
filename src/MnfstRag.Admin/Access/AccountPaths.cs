namespace MnfstRag.Admin.Access;

/// <summary>Addresses of the account pages.</summary>
public static class AccountPaths
{
    /// <summary>Every account page begins so.</summary>
    public const string Root = "/account";
    public const string SignIn = "/account/sign-in";
    public const string SecondFactor = "/account/second-factor";
    public const string Tenant = "/account/tenant";

    /// <summary>Where those land who may see tenants and not the servers.</summary>
    public const string TenantArea = "/tenants";

    public const string SignOut = "/account/sign-out";
    public const string Password = "/account/password";
    public const string Invitation = "/account/invitation";
    public const string Denied = "/account/denied";
    public const string Manage = "/account/manage";
    public const string Authenticator = "/account/authenticator";
    public const string Passkeys = "/account/passkeys";
    public const string PasskeyCreation = "/account/passkey-creation";
    public const string PasskeyRequest = "/account/passkey-request";

    /// <summary>Query parameter with the address to go to after signing in.</summary>
    public const string ReturnUrl = "returnUrl";

    /// <summary>
    /// <paramref name="url"/> when it is a path of this site, else the front page: <c>//host</c>, <c>/\host</c> and other sites'
    /// addresses would send a person who has just signed in to a stranger.
    /// </summary>
    public static string Local(string? url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) && !url.StartsWith(Root, StringComparison.OrdinalIgnoreCase)
            ? url
            : "/";
}
