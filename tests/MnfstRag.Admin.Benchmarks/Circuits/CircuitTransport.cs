using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>Opens the hub connection of one circuit: a websocket with the compression that Chromium offers, its bytes counted.</summary>
internal sealed class CircuitTransport : IAsyncDisposable
{
    private readonly SocketsHttpHandler _sockets;
    private readonly HttpMessageInvoker _invoker;
    private CountingStream? _wire;

    public CircuitTransport(Uri page, CookieContainer cookies)
    {
        _sockets = new SocketsHttpHandler { UseCookies = false, ConnectCallback = ConnectAsync };
        _invoker = new HttpMessageInvoker(_sockets, disposeHandler: false);
        var origin = page.GetLeftPart(UriPartial.Authority);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(page, "/_blazor"), options =>
        {
            options.Cookies = cookies;
            options.Transports = HttpTransportType.WebSockets;
            options.Headers["Origin"] = origin;
            options.WebSocketFactory = (context, cancellationToken) => OpenAsync(context, cookies, origin, cancellationToken);
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        Connection = builder.Build();
    }

    public HubConnection Connection { get; }

    /// <summary>Bytes that came over the websocket's connection since it was opened.</summary>
    public long BytesReceived => _wire?.Received ?? 0;

    /// <summary>Bytes that went over it.</summary>
    public long BytesSent => _wire?.Sent ?? 0;

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        _invoker.Dispose();
        _sockets.Dispose();
    }

    private async ValueTask<WebSocket> OpenAsync(
        WebSocketConnectionContext context, CookieContainer cookies, string origin, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.SetRequestHeader("Origin", origin);
        // Cookies are kept by http addresses; the websocket's is the same place.
        var http = new UriBuilder(context.Uri) { Scheme = context.Uri.Scheme == "wss" ? "https" : "http" }.Uri;
        if (cookies.GetCookieHeader(http) is { Length: > 0 } header)
        {
            socket.Options.SetRequestHeader("Cookie", header);
        }

        try
        {
            await socket.ConnectAsync(context.Uri, _invoker, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return _wire = new CountingStream(new NetworkStream(socket, ownsSocket: true));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
