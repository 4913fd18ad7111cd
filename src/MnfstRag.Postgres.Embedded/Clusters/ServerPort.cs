using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Postgres.Embedded.Clusters;

/// <summary>Finds a port: the wanted one, that of the last run, or any free one.</summary>
internal static class ServerPort
{
    public static int Choose(ClusterFiles files, int? wanted)
    {
        if (wanted is { } port)
        {
            return IsFree(port) ? port : throw new EmbeddedServerException(
                $"Port {port} on 127.0.0.1 is taken by another program: stop that program, or leave the choice of the port to the dashboard.");
        }

        return Remembered(files) is { } last && IsFree(last) ? last : AnyFree();
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int? Remembered(ClusterFiles files)
        => File.Exists(files.Port)
            && int.TryParse(File.ReadAllText(files.Port), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 1023 and < 65536
            ? port
            : null;

    private static int AnyFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
