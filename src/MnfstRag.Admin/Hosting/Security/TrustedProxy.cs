using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace MnfstRag.Admin.Hosting.Security;

/// <summary>
/// Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies named in <c>Proxy:Networks</c> and of nobody else:
/// rate limits count by address, and a forged one would be a way around them.
/// </summary>
public static class TrustedProxy
{
    /// <summary>Reads <c>Proxy:Networks</c>, a list of networks such as 10.0.0.0/8.</summary>
    /// <exception cref="StartupException">An entry is not a network.</exception>
    public static WebApplicationBuilder AddTrustedProxy(this WebApplicationBuilder builder)
    {
        var networks = (builder.Configuration.GetSection("Proxy:Networks").Get<string[]>() ?? []).Select(Parse).ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
            {
                options.KnownIPNetworks.Add(network);
            }
        });
        return builder;
    }

    private static IPNetwork Parse(string network) =>
        IPNetwork.TryParse(network, out var parsed)
            ? parsed
            : throw new StartupException($"Proxy:Networks holds \"{network}\", which is not a network. Write it as address/prefix, e.g. 10.0.0.0/8.");
}
