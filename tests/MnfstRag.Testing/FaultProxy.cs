using System.Net;
using System.Net.Sockets;

namespace MnfstRag.Testing;

/// <summary>Stands between a client and a server on this machine, and does to their line what networks do. Any number of connections.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(Socket Client, Socket Server)> _lines = [];
    private readonly Task _serving;
    private TaskCompletionSource _open = Done();
    private TimeSpan _delay;
    private bool _refuses;
    private long _cutAfter = -1;

    /// <summary>Passes everything on to <paramref name="port"/> until it is told otherwise.</summary>
    public FaultProxy(int port)
    {
        _listener.Start();
        _serving = ServeAsync(port);
    }

    /// <summary>Where clients connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were made and not closed by either side.</summary>
    public int Lines
    {
        get
        {
            lock (_lock)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>A black hole: connections are taken, and no byte comes through either way, on old lines and new ones.</summary>
    public void Swallow()
    {
        lock (_lock)
        {
            _open = _open.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _open;
        }
    }

    /// <summary>Every byte from the server comes so much later.</summary>
    public void Delay(TimeSpan delay) => _delay = delay;

    /// <summary>Resets (RST) every line, and each new one as soon as it is made.</summary>
    public void Reset()
    {
        _refuses = true;
        Cut();
    }

    /// <summary>Resets a line once the server has sent so many more bytes on it: in the middle of a result.</summary>
    public void ResetAfter(long bytes) => Interlocked.Exchange(ref _cutAfter, bytes);

    /// <summary>Passes everything on again. What was swallowed meanwhile comes late, as after a network that heals.</summary>
    public void Heal()
    {
        (_delay, _refuses) = (TimeSpan.Zero, false);
        Interlocked.Exchange(ref _cutAfter, -1);
        _open.TrySetResult();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync(int port)
    {
        while (true)
        {
            var client = await _listener.AcceptSocketAsync(_stop.Token);
            if (_refuses)
            {
                Abort(client);
                continue;
            }

            _ = RelayAsync(client, port);
        }
    }

    private async Task RelayAsync(Socket client, int port)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await _open.Task.WaitAsync(_stop.Token);
            await server.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
            lock (_lock)
            {
                _lines.Add((client, server));
            }

            var there = PumpAsync(client, server, fromServer: false);
            var back = PumpAsync(server, client, fromServer: true);
            await Task.WhenAny(there, back);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The line is broken: that is what the client is to see.
        }
        finally
        {
            lock (_lock)
            {
                _lines.Remove((client, server));
            }

            client.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool fromServer)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                await _open.Task.WaitAsync(_stop.Token);
                if (fromServer && _delay > TimeSpan.Zero)
                {
                    await Task.Delay(_delay, _stop.Token);
                }

                if (fromServer && Interlocked.Read(ref _cutAfter) is >= 0 and var left)
                {
                    if (count > left)
                    {
                        await to.SendAsync(buffer.AsMemory(0, (int)left), _stop.Token);
                        Abort(to);
                        return;
                    }

                    Interlocked.Add(ref _cutAfter, -count);
                }

                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side closed, or the line was cut.
        }
    }

    private void Cut()
    {
        List<(Socket Client, Socket Server)> lines;
        lock (_lock)
        {
            lines = [.. _lines];
        }

        foreach (var (client, server) in lines)
        {
            Abort(client);
            Abort(server);
        }
    }

    /// <summary>Closing with a linger time of nothing sends RST instead of FIN.</summary>
    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, 0);
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        socket.Close();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
