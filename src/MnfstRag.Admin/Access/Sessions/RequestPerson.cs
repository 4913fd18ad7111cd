using Microsoft.AspNetCore.Components.Authorization;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>A circuit is told who its person is when it begins; a plain request that asks services has to be told.</summary>
internal static class RequestPerson
{
    /// <summary>Lets the services of this request know who sent it. Call it before any of them is asked.</summary>
    public static void TellServices(this HttpContext context) =>
        ((IHostEnvironmentAuthenticationStateProvider)context.RequestServices.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
}
