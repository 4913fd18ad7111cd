using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using MnfstRag.Admin.Data;

namespace MnfstRag.Admin.Access;

/// <summary>While the own store is away nobody can be recognised: pages say so in words, look again by themselves, and nothing is guessed.</summary>
internal sealed class StoreGate(RequestDelegate next, StoreState state, ILogger<StoreGate> logger)
{
    private const int LookAgainSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        var status = state.Current;
        if (!status.IsReady && NeedsStore(context))
        {
            await AnswerAsync(context, status.Words);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) && !context.Response.HasStarted)
        {
            AccessMessages.StoreAway(logger, fault);
            context.Response.Clear();
            await AnswerAsync(context, fault is StoreUnavailableException ? fault.Message : "The dashboard's own database does not answer.");
        }
    }

    private static bool NeedsStore(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        || context.Request.Path.StartsWithSegments(AccountPaths.Root, StringComparison.OrdinalIgnoreCase);

    private static Task AnswerAsync(HttpContext context, string words)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = LookAgainSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta http-equiv="refresh" content="{LookAgainSeconds}" />
                <title>Waiting for the database · MNFST-RAG Admin</title>
                <link rel="stylesheet" href="/app.css" />
            </head>
            <body>
                <div class="account-shell">
                    <main class="account-main">
                        <section class="account-card">
                            <h1>Waiting for the dashboard's own database</h1>
                            <p>{WebUtility.HtmlEncode(words)}</p>
                            <p>Nobody can sign in until it answers. The watched databases are not touched by this. This page looks again every {LookAgainSeconds} seconds.</p>
                        </section>
                    </main>
                </div>
            </body>
            </html>
            """,
            context.RequestAborted);
    }
}
