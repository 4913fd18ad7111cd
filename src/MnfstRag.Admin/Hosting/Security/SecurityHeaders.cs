namespace MnfstRag.Admin.Hosting.Security;

/// <summary>Headers that every response carries, each with its reason.</summary>
public static class SecurityHeaders
{
    private static readonly string ContentSecurityPolicy = string.Join("; ", [
        "default-src 'none'",
        "script-src 'self'",
        // MudBlazor positions its popovers and sizes its columns by style attributes.
        "style-src 'self' 'unsafe-inline'",
        // MudBlazor's and ApexCharts' small pictures, and a chart saved as PNG, are data: or blob: URLs.
        "img-src 'self' data: blob:",
        "font-src 'self'",
        // The circuit's websocket; 'self' covers ws: and wss: of the same host.
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        // Blazor needs <base href>, so 'none' is not possible.
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]);

    /// <summary>Adds them to every response. Pages of a person are never kept by a cache.</summary>
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Apply(context.Response);
                return Task.CompletedTask;
            });
            return next(context);
        });
        return app;
    }

    private static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            headers.CacheControl = "no-store";
        }
    }
}
