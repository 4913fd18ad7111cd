using System.Buffers.Binary;
using System.Text;

namespace MnfstRag.Postgres.Pooling;

/// <summary>Messages of PostgreSQL's protocol over a stream, none longer than <see cref="LongestMessage"/>.</summary>
internal sealed class ConsoleWire(Stream stream) : IAsyncDisposable
{
    /// <summary>Bytes of one message that are taken.</summary>
    public const int LongestMessage = 64 * 1024;

    private const int Protocol = 196608;
    private readonly byte[] _head = new byte[5];

    /// <summary>Names user and database.</summary>
    public Task StartAsync(string user, string database, CancellationToken cancellationToken)
    {
        var body = new List<byte>();
        foreach (var text in (string[])["user", user, "database", database, "application_name", "mnfst-admin", "client_encoding", "UTF8"])
        {
            body.AddRange(Encoding.UTF8.GetBytes(text));
            body.Add(0);
        }

        body.Add(0);
        var packet = new byte[8 + body.Count];
        BinaryPrimitives.WriteInt32BigEndian(packet, packet.Length);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(4), Protocol);
        body.CopyTo(packet, 8);
        return SendAsync(packet, cancellationToken);
    }

    /// <summary>Sends one message.</summary>
    public Task WriteAsync(char type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var packet = new byte[5 + body.Length];
        packet[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(1), 4 + body.Length);
        body.CopyTo(packet.AsMemory(5));
        return SendAsync(packet, cancellationToken);
    }

    /// <summary>Sends one message that is a text.</summary>
    public Task WriteAsync(char type, string text, CancellationToken cancellationToken) => WriteAsync(type, Encoding.UTF8.GetBytes(text + '\0'), cancellationToken);

    /// <summary>The next message.</summary>
    public async Task<ConsoleMessage> ReadAsync(CancellationToken cancellationToken)
    {
        await stream.ReadExactlyAsync(_head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(1)) - 4;
        if (length is < 0 or > LongestMessage)
        {
            throw new OutgoingFaultException("What answers does not speak PostgreSQL's protocol, or sends a message above 64 kB. Check host and port of the PgBouncer address.");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new ConsoleMessage((char)_head[0], body);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task SendAsync(byte[] packet, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(packet, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }
}
