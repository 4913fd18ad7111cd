using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>
/// Asks a .NET process for the bytes that are alive after full collections. The process is the product as it is, started with
/// <c>DOTNET_STARTUP_HOOKS</c> naming this assembly: <see cref="StartupHook"/> then answers on a unix socket.
/// </summary>
internal static class HeapProbe
{
    /// <summary>The variable that tells the hook its socket.</summary>
    public const string Variable = "MNFST_BENCHMARK_HEAP_SOCKET";

    /// <summary>What a child needs in its environment to be asked.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string socket) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(HeapProbe).Assembly.Location,
        [Variable] = socket,
    };

    /// <summary>Live bytes after full, compacting collections and finalizers.</summary>
    public static async Task<long> LiveBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        var buffer = new byte[64];
        var read = 0;
        for (var part = -1; part != 0; read += part)
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(read), cancellationToken);
        }

        return long.Parse(Encoding.ASCII.GetString(buffer, 0, read), CultureInfo.InvariantCulture);
    }
}
