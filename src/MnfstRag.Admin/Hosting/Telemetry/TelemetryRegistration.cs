using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MnfstRag.Admin.Hosting.Telemetry;

/// <summary>Traces, metrics and logs by OTLP.</summary>
public static class TelemetryRegistration
{
    private const string DefaultName = "mnfst-rag-admin";

    /// <summary>
    /// Meters by name, because names of instruments differ between versions: Kestrel, routing, Blazor's circuits, Identity and sign-in are
    /// all under the first.
    /// </summary>
    private static readonly string[] Meters = ["Microsoft.AspNetCore.*", "System.Runtime", "System.Net.Http", "Npgsql", "MnfstRag.Admin.*"];

    private static readonly string[] Sources = ["Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits"];

    /// <summary>Sends where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; does nothing without it.</summary>
    /// <exception cref="StartupException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        if (!TelemetryOptions.IsOn(builder.Configuration))
        {
            return builder;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration[TelemetryOptions.ServiceName] is { Length: > 0 } name ? name : DefaultName))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = IsWorthATrace)
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddSource(Sources)
                .AddProcessor(new WithoutQueryText()))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(_ => { }, options => options.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        return builder;
    }

    // Probes and scrapes come every few seconds and say nothing.
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) && !context.Request.Path.StartsWithSegments(Metrics.MetricsOptions.Path, StringComparison.OrdinalIgnoreCase);
}
