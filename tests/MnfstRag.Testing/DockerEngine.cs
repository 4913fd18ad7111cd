using System.Net.Sockets;
using System.Text;

namespace MnfstRag.Testing;

/// <summary>Whether a Docker engine answers here. Asked once, and quickly: most machines of CI have none.</summary>
internal static class DockerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly Lazy<Task<bool>> Answer = new(AskAsync);

    public static Task<bool> AnswersAsync() => Answer.Value;

    private static async Task<bool> AskAsync()
    {
        var address = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("unix" or "tcp"))
        {
            return false;
        }

        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var socket = uri.Scheme == "unix"
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            if (uri.Scheme == "unix")
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(uri.LocalPath), limit.Token);
            }
            else
            {
                await socket.ConnectAsync(uri.Host, uri.Port, limit.Token);
            }

            await socket.SendAsync(Encoding.ASCII.GetBytes("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"), limit.Token);
            var buffer = new byte[64];
            var read = await socket.ReceiveAsync(buffer, limit.Token);
            return Encoding.ASCII.GetString(buffer, 0, read).Contains(" 200 ", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
