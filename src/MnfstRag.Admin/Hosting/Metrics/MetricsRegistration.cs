using Microsoft.Extensions.Options;
using MnfstRag.Admin.Hosting.Probing;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>What Prometheus scrapes.</summary>
public static class MetricsRegistration
{
    /// <summary>Lets the web server listen on <c>Metrics:Address</c> as well. Comes before the ports are looked at.</summary>
    public static void ListenForScrapes(this IConfigurationManager configuration) => MetricsAddress.Listen(configuration);

    /// <summary>Registers the endpoint's services. Needs AddLive and AddDatabaseHealth.</summary>
    public static IServiceCollection AddScraping(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateOnStart();
        services.AddSingleton<MetricsReading>();
        return services;
    }

    /// <summary>Serves <c>/metrics</c> where it may be asked, and nothing else on an address of its own. Comes first in the pipeline.</summary>
    public static WebApplication UseScraping(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value;
        var port = options.Address is { Length: > 0 } text ? MetricsAddress.Read(text)?.Port : null;
        var rule = new ProbeRule(string.IsNullOrEmpty(options.Token) ? null : options.Token, ProbeRule.Read(options.Networks, out _));
        app.Use((context, next) =>
        {
            var isPath = context.Request.Path.Equals(MetricsOptions.Path, StringComparison.OrdinalIgnoreCase);
            var isOwn = port is { } own && context.Connection.LocalPort == own;
            if (!isPath && !isOwn)
            {
                return next(context);
            }

            return isPath && options.IsOn && (isOwn || port is null)
                ? AnswerAsync(context, rule)
                : NotHereAsync(context);
        });
        return app;
    }

    /// <summary>Addresses a person can open: without the one that is for scrapes.</summary>
    public static IEnumerable<string> ForPeople(this IEnumerable<string> addresses, MetricsOptions options)
    {
        var port = options.Address is { Length: > 0 } text ? MetricsAddress.Read(text)?.Port : null;
        return addresses.Where(address => port is null || !Uri.TryCreate(address.Replace("//[::]", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Port != port);
    }

    private static Task NotHereAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task AnswerAsync(HttpContext context, ProbeRule rule)
    {
        if (rule.Refusal(context) is { } refusal)
        {
            context.Response.StatusCode = refusal;
            return Task.CompletedTask;
        }

        var open = MetricText.WantsOpenMetrics(context.Request.GetTypedHeaders().Accept);
        context.Response.ContentType = MetricText.ContentType(open);
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(MetricText.Write(context.RequestServices.GetRequiredService<MetricsReading>().Read(), open), context.RequestAborted);
    }
}
