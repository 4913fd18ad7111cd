namespace MnfstRag.Admin.Hosting.Security;

/// <summary>
/// Refuses what another site's page sends with our cookie: a websocket handshake is not bound by CORS, so the circuit
/// would be open to cross-site hijacking (ASVS 4.4.2).
/// </summary>
public static class SameOrigin
{
    /// <summary>403 for a request that changes something, or opens a circuit, with a foreign <c>Origin</c>.</summary>
    public static WebApplication UseSameOrigin(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var request = context.Request;
            var guarded = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
                || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);
            if (!guarded || request.Headers.Origin.Count == 0 || IsOwn(request))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("This request came from another site and was refused.");
        });
        return app;
    }

    private static bool IsOwn(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
        && string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(origin.Authority, WithoutDefaultPort(request), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDefaultPort(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own) ? own.Authority : "";
}
