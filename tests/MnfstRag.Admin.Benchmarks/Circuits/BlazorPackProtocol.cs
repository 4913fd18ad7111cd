using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using MessagePack;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>
/// The hub protocol of a Blazor Server circuit as its client speaks it: SignalR's MessagePack messages (HubProtocol.md), each behind
/// its length, with arguments of plain types only.
/// </summary>
internal sealed class BlazorPackProtocol : IHubProtocol
{
    private const int MaximumPrefix = 5;

    public string Name => "blazorpack";

    public int Version => 1;

    public TransferFormat TransferFormat => TransferFormat.Binary;

    public bool IsVersionSupported(int version) => version == Version;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (!TryReadLength(input, out var length, out var prefix) || input.Length < prefix + length)
        {
            return false;
        }

        var payload = input.Slice(prefix, length);
        input = input.Slice(payload.End);
        var reader = new MessagePackReader(payload);
        message = BlazorPackReader.Read(ref reader, binder);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        var body = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(body);
        BlazorPackWriter.Write(ref writer, message);
        writer.Flush();
        WriteLength(body.WrittenCount, output);
        output.Write(body.WrittenSpan);
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        WriteMessage(message, output);
        return output.WrittenMemory;
    }

    // Seven bits a byte, the low ones first; the high bit says that another byte follows.
    private static bool TryReadLength(in ReadOnlySequence<byte> input, out int length, out int prefix)
    {
        length = 0;
        prefix = 0;
        var reader = new SequenceReader<byte>(input);
        while (reader.TryRead(out var part))
        {
            length |= (part & 0x7F) << (7 * prefix);
            prefix++;
            if (part < 0x80)
            {
                return true;
            }

            if (prefix == MaximumPrefix)
            {
                throw new InvalidDataException("A message's length takes more than five bytes.");
            }
        }

        return false;
    }

    private static void WriteLength(int length, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(MaximumPrefix);
        var written = 0;
        for (var rest = (uint)length; ; rest >>= 7)
        {
            span[written++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
            if (rest < 0x80)
            {
                break;
            }
        }

        output.Advance(written);
    }
}
