using System.Buffers;
using MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>Reads the messages that a server sends.</summary>
internal static class BlazorPackReader
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Ping = 6;
    private const int Close = 7;

    /// <exception cref="InvalidDataException">A kind that a circuit's server never sends.</exception>
    public static HubMessage Read(ref MessagePackReader reader, IInvocationBinder binder)
    {
        var items = reader.ReadArrayHeader();
        var kind = reader.ReadInt32();
        return kind switch
        {
            Invocation => ReadInvocation(ref reader, binder),
            Completion => ReadCompletion(ref reader, binder),
            Ping => PingMessage.Instance,
            Close => new CloseMessage(reader.ReadString(), items > 2 && reader.ReadBoolean()),
            _ => throw new InvalidDataException($"A circuit's server sends no message of kind {kind}."),
        };
    }

    private static InvocationMessage ReadInvocation(ref MessagePackReader reader, IInvocationBinder binder)
    {
        reader.Skip();
        var id = reader.ReadString();
        var target = reader.ReadString()!;
        var types = Expected(binder, target);
        var sent = reader.ReadArrayHeader();
        var arguments = new object?[types.Count];
        for (var index = 0; index < sent; index++)
        {
            // A newer server may send more arguments than this client knows.
            if (index < types.Count)
            {
                arguments[index] = ReadValue(ref reader, types[index]);
            }
            else
            {
                reader.Skip();
            }
        }

        return new InvocationMessage(id, target, arguments);
    }

    // Calls this client has no handler for are read over, arguments and all.
    private static IReadOnlyList<Type> Expected(IInvocationBinder binder, string target)
    {
        try
        {
            return binder.GetParameterTypes(target);
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    private static CompletionMessage ReadCompletion(ref MessagePackReader reader, IInvocationBinder binder)
    {
        const int Failed = 1;
        const int Void = 2;
        reader.Skip();
        var id = reader.ReadString()!;
        return reader.ReadInt32() switch
        {
            Failed => CompletionMessage.WithError(id, reader.ReadString()),
            Void => CompletionMessage.Empty(id),
            _ => CompletionMessage.WithResult(id, ReadValue(ref reader, binder.GetReturnType(id))),
        };
    }

    private static object? ReadValue(ref MessagePackReader reader, Type type)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        return type == typeof(string) ? reader.ReadString()
            : type == typeof(long) ? reader.ReadInt64()
            : type == typeof(int) ? reader.ReadInt32()
            : type == typeof(bool) ? reader.ReadBoolean()
            : type == typeof(byte[]) ? reader.ReadBytes()?.ToArray()
            : throw new InvalidDataException($"A circuit's messages carry no {type}.");
    }
}
