using System.Globalization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace MnfstRag.Admin.Access.Sessions;

/// <summary>Says in words why a further page does not open, before its circuit would be refused without any.</summary>
internal static class PageLimit
{
    public static Task RefuseAsync(HttpContext context, CircuitSeats seats, RequestDelegate next)
    {
        var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            && !context.Request.Path.StartsWithSegments(AccountPaths.Root, StringComparison.OrdinalIgnoreCase);
        if (!isPage || context.User.Identity?.IsAuthenticated != true || !seats.IsFull(CircuitSeat.PersonOf(context.User)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>Too many open pages · MNFST-RAG Admin</title>
                <link rel="stylesheet" href="/app.css" />
            </head>
            <body>
                <div class="account-shell">
                    <main class="account-main">
                        <section class="account-card">
                            <h1>You have {seats.Most.ToString(CultureInfo.InvariantCulture)} pages open</h1>
                            <p>That is as many as one person may have (Access:PagesPerPerson). Close a tab, and open this page again. If you have not opened them, sign out everywhere and change your password.</p>
                            <p><a href="">Open this page again</a></p>
                        </section>
                    </main>
                </div>
            </body>
            </html>
            """,
            context.RequestAborted);
    }
}
