using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace MnfstRag.Admin.Hosting.Logging;

/// <summary>
/// Serilog, on standard error: standard output belongs to the person or program that started the process.
/// Production writes one JSON object a line; Development writes text.
/// </summary>
public static class LoggingRegistration
{
    /// <summary>Sends every log message through Serilog, levels from the section <c>Serilog</c>.</summary>
    public static WebApplicationBuilder AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(
            (services, logger) => logger
                .ReadFrom.Configuration(builder.Configuration)
                .ReadFrom.Services(services)
                .Enrich.FromLogContext()
                .WriteTo.Console(
                    formatter: builder.Environment.IsDevelopment() ? new PlainTextFormatter() : new RenderedCompactJsonFormatter(),
                    standardErrorFromLevel: LogEventLevel.Verbose),
            // What Serilog lets through goes to the provider of AddTelemetry too, if there is one: one set of levels rules both.
            writeToProviders: true);
        return builder;
    }

    /// <summary>One line a request, without its query string; pages' assets and health checks only when they fail.</summary>
    public static WebApplication UseRequestLog(this WebApplication app)
    {
        app.UseSerilogRequestLogging(options => options.GetLevel = (context, _, exception) =>
            (exception, context.Response.StatusCode) switch
            {
                // "Not now" is an answer, given by readiness and while the store is away; why is logged where it is known.
                (null, StatusCodes.Status503ServiceUnavailable) => LogEventLevel.Information,
                (null, < StatusCodes.Status500InternalServerError) => LogEventLevel.Debug,
                _ => LogEventLevel.Error,
            });
        return app;
    }
}
