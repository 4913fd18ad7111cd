using System.Buffers.Binary;
using System.Text;

namespace MnfstRag.Postgres.Pooling;

/// <summary>A message of PostgreSQL's protocol 3.0, read from its front. Whatever does not fit its own length is a fault.</summary>
/// <param name="type">Its letter.</param>
/// <param name="body">What follows its length.</param>
internal sealed class ConsoleMessage(char type, byte[] body)
{
    private int _at;

    /// <summary>Its letter.</summary>
    public char Type { get; } = type;

    /// <summary>All of it is read.</summary>
    public bool IsAtEnd => _at >= body.Length;

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next two bytes.</summary>
    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <summary>The next four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>Text up to a zero byte.</summary>
    public string Text()
    {
        var length = body.AsSpan(_at).IndexOf((byte)0);
        if (length < 0)
        {
            throw Malformed();
        }

        var text = Encoding.UTF8.GetString(body, _at, length);
        _at += length + 1;
        return text;
    }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > body.Length - _at)
        {
            throw Malformed();
        }

        _at += count;
        return body.AsSpan(_at - count, count);
    }

    /// <summary>All that is left, as text.</summary>
    public string Rest() => Encoding.UTF8.GetString(Take(body.Length - _at));

    private static OutgoingFaultException Malformed() => new("What answers does not speak PostgreSQL's protocol. Check host and port of the PgBouncer address.");
}
