using MessagePack;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>Writes the messages that a client sends.</summary>
internal static class BlazorPackWriter
{
    public static void Write(ref MessagePackWriter writer, HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                writer.WriteArrayHeader(6);
                writer.Write(1);
                writer.WriteMapHeader(0);
                writer.Write(invocation.InvocationId);
                writer.Write(invocation.Target);
                writer.WriteArrayHeader(invocation.Arguments.Length);
                foreach (var argument in invocation.Arguments)
                {
                    WriteValue(ref writer, argument);
                }

                // No streams from this client.
                writer.WriteArrayHeader(0);
                break;
            case PingMessage:
                writer.WriteArrayHeader(1);
                writer.Write(6);
                break;
            case CloseMessage close:
                writer.WriteArrayHeader(3);
                writer.Write(7);
                writer.Write(close.Error);
                writer.Write(close.AllowReconnect);
                break;
            default:
                throw new NotSupportedException($"A circuit's client sends no {message.GetType().Name}.");
        }
    }

    private static void WriteValue(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNil(); break;
            case string text: writer.Write(text); break;
            case long number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case bool flag: writer.Write(flag); break;
            default: throw new NotSupportedException($"A circuit's messages carry no {value.GetType()}.");
        }
    }
}
