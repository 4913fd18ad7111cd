using System.Net;

namespace MnfstRag.Admin.Hosting.Metrics;

/// <summary>The address of its own that <see cref="MetricsOptions.Address"/> names.</summary>
/// <param name="Url">As the web server listens on it.</param>
/// <param name="Port">Its port.</param>
/// <param name="IsLoopback">Only this machine reaches it.</param>
internal sealed record MetricsAddress(string Url, int Port, bool IsLoopback)
{
    private const string Urls = "urls";

    /// <summary>Reads it; null when it is none.</summary>
    public static MetricsAddress? Read(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0 || uri.Port is 0 or > ushort.MaxValue)
        {
            return null;
        }

        var loopback = uri.Host == "localhost";
        return loopback || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _)
            ? new MetricsAddress(uri.GetLeftPart(UriPartial.Authority), uri.Port, uri.IsLoopback)
            : null;
    }

    /// <summary>Lets the web server listen there too. What cannot be read is left to the validator.</summary>
    public static void Listen(IConfigurationManager configuration)
    {
        if (configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Address)}"] is { Length: > 0 } text && Read(text) is { } address)
        {
            configuration.AddInMemoryCollection([new(Urls, $"{Present(configuration)};{address.Url}")]);
        }
    }

    // One address of ours alone would take the place of those that the host would choose.
    private static string Present(IConfiguration configuration) =>
        configuration[Urls] is { Length: > 0 } urls ? urls
        : configuration["HTTP_PORTS"] is { Length: > 0 } ports ? string.Join(';', ports.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}"))
        : "http://localhost:5000";
}
