using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MnfstRag.Postgres.Tests.Signalling;

/// <summary>Stands between client and server, and cuts the line when the client says a word: whether it arrived, nobody knows.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public CuttingProxy(int port, string word)
    {
        _listener.Start();
        _serving = ServeAsync(port, word);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync(int port, string word)
    {
        using var client = await _listener.AcceptTcpClientAsync();
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, port);
        var answers = server.GetStream().CopyToAsync(client.GetStream());
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await client.GetStream().ReadAsync(buffer)) > 0 && !Encoding.UTF8.GetString(buffer, 0, count).Contains(word, StringComparison.Ordinal))
        {
            await server.GetStream().WriteAsync(buffer.AsMemory(0, count));
        }
    }
}
