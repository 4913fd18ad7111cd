using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Admin.Hosting;

/// <summary>Looks before anything is started whether the dashboard's own ports are free.</summary>
public static class ListeningPorts
{
    /// <summary>Checks every loopback or wildcard address of the setting <c>Urls</c>.</summary>
    /// <exception cref="StartupException">Another program listens there.</exception>
    public static void EnsureFree(IConfiguration configuration)
    {
        var urls = configuration["Urls"] ?? configuration["ASPNETCORE_URLS"] ?? "";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Uri.TryCreate(url.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var address)
                && address.Port > 0 && !IsFree(address.Port))
            {
                throw new StartupException(
                    $"Port {address.Port} is in use by another program, so {url} cannot be opened. Stop that program, or choose another address with --urls http://localhost:PORT.");
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
