namespace MnfstRag.Admin.Hosting.Telemetry;

/// <summary>
/// Where traces, metrics and logs are sent by OTLP, under the names that OpenTelemetry gives these settings. Off while no endpoint is set.
/// Protocol, headers and time-outs (<c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>…_HEADERS</c>, <c>…_TIMEOUT</c>) are read by OpenTelemetry itself.
/// </summary>
internal static class TelemetryOptions
{
    /// <summary>Address of a collector for all signals.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>"grpc" or "http/protobuf".</summary>
    public const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>Name of this service in the collector.</summary>
    public const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>OpenTelemetry's own switch.</summary>
    public const string Disabled = "OTEL_SDK_DISABLED";

    /// <summary>Whether to send.</summary>
    /// <exception cref="StartupException">A setting cannot be used.</exception>
    public static bool IsOn(IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } endpoint || string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new StartupException($"{Endpoint} is no address of a collector: write it like http://localhost:4317.");
        }

        return configuration[Protocol] is null or "" or "grpc" or "http/protobuf"
            ? true
            : throw new StartupException($"{Protocol} must be grpc or http/protobuf.");
    }
}
