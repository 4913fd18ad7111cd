using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Playwright;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>Listens to the websocket of a real browser's page and reads its render batches with the same reader.</summary>
internal sealed class BrowserCircuit : IInvocationBinder
{
    private readonly BlazorPackProtocol _protocol = new();
    private readonly ConcurrentQueue<RenderBatch> _batches = new();

    public BrowserCircuit(IPage page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Read(frame);

    public IReadOnlyList<RenderBatch> Batches => [.. _batches];

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName == "JS.RenderBatch" ? [typeof(long), typeof(byte[])] : [];

    public Type GetReturnType(string invocationId) => typeof(string);

    public Type GetStreamItemType(string streamId) => typeof(object);

    private void Read(IWebSocketFrame frame)
    {
        // The handshake's answer is text; everything after it is binary.
        if (frame.Binary is not { Length: > 0 } bytes || bytes[0] == '{')
        {
            return;
        }

        var input = new ReadOnlySequence<byte>(bytes);
        while (_protocol.TryParseMessage(ref input, this, out var message))
        {
            if (message is InvocationMessage { Target: "JS.RenderBatch", Arguments: [_, byte[] batch] })
            {
                _batches.Enqueue(new RenderBatch(batch));
            }
        }
    }
}
