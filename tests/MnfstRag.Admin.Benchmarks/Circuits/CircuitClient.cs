using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.SignalR.Client;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>
/// One viewer without a browser: it gets a page, starts the page's circuit as blazor.web.js of .NET 10 does, acknowledges every render
/// batch, and answers the page's script calls.
/// </summary>
internal sealed class CircuitClient : IAsyncDisposable
{
    private const float Viewport = 600;

    /// <summary>Calls whose work is the browser's alone. Without a handler each would be a warning of the library.</summary>
    private static readonly string[] Unused = ["JS.AttachComponent", "JS.EndUpdateRootComponents", "JS.EndInvokeDotNet", "JS.EndLocationChanging"];

    private readonly CircuitTransport _transport;
    private readonly Uri _page;
    private readonly bool _keep;
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _rendered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableList<TextWatch> _watches = [];
    private long _batches;
    private long _batchBytes;
    private int _dotNetCalls;
    private string? _circuit;

    private CircuitClient(Uri page, CookieContainer cookies, bool keep)
    {
        _page = page;
        _keep = keep;
        _transport = new CircuitTransport(page, cookies);
        var hub = _transport.Connection;
        hub.On<long, byte[]>("JS.RenderBatch", OnRenderBatchAsync);
        hub.On<long, string, string, int, long>("JS.BeginInvokeJS", OnScriptCallAsync);
        hub.On<string>("JS.Error", OnError);
        foreach (var unused in Unused)
        {
            hub.On(unused, () => Task.CompletedTask);
        }

        hub.Closed += OnClosed;
    }

    /// <summary>Render batches acknowledged.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Their bytes before compression.</summary>
    public long BatchBytes => Interlocked.Read(ref _batchBytes);

    /// <summary>Bytes that came over the wire, all messages, compressed as they come.</summary>
    public long WireBytes => _transport.BytesReceived;

    /// <summary>Why the server ended the circuit; null while it lives.</summary>
    public string? Fault { get; private set; }

    /// <summary>The script functions that the page called, for finding out what a browser would have answered.</summary>
    public ImmutableHashSet<string> ScriptCalls { get; private set; } = [];

    /// <summary>Every batch, when asked for at the start.</summary>
    public ImmutableList<RenderBatch> Kept { get; private set; } = [];

    /// <summary>Opens a page and waits until its components have rendered for the first time.</summary>
    /// <param name="page">The page's address.</param>
    /// <param name="cookies">A signed-in person's cookies, or none.</param>
    /// <param name="keep">Keep all batches.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<CircuitClient> OpenAsync(
        Uri page, CookieContainer cookies, bool keep = false, CancellationToken cancellationToken = default)
    {
        var markers = PageMarkers.Parse(await GetPageAsync(page, cookies, cancellationToken));
        var client = new CircuitClient(page, cookies, keep);
        try
        {
            await client.StartAsync(page, markers, cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The moment (<see cref="Stopwatch.GetTimestamp"/>) at which a batch with this text arrives. The watch is set when the call returns,
    /// before it is awaited.
    /// </summary>
    public Task<long> WhenShown(string text, CancellationToken cancellationToken)
    {
        var watch = new TextWatch(Encoding.UTF8.GetBytes(text));
        ImmutableInterlocked.Update(ref _watches, (watches, added) => watches.Add(added), watch);
        return watch.Seen.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Follows a link within the application, as a click does.</summary>
    public Task GoAsync(Uri page, CancellationToken cancellationToken) => _transport.Connection.SendAsync("OnLocationChanged", page.AbsoluteUri, (string?)null, true, cancellationToken);

    /// <summary>Leaves as a closed tab does: the server forgets the circuit at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_circuit is { } circuit && Fault is null)
        {
            using var http = new HttpClient();
            using var goodbye = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } };
            using var answer = await http.PostAsync(new Uri(_page, "/_blazor/disconnect"), goodbye);
        }

        await _transport.DisposeAsync();
    }

    /// <summary>Is gone without a word: the server keeps the circuit for a while, in case its browser comes back.</summary>
    public ValueTask DropAsync()
    {
        Fault ??= "dropped";
        return _transport.DisposeAsync();
    }

    private static async Task<string> GetPageAsync(Uri page, CookieContainer cookies, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler);
        return await http.GetStringAsync(page, cancellationToken);
    }

    private async Task StartAsync(Uri page, PageMarkers markers, CancellationToken cancellationToken)
    {
        var hub = _transport.Connection;
        await hub.StartAsync(cancellationToken);
        // The browser's client starts with no components and adds them once the renderer has announced itself.
        _circuit = await hub.InvokeAsync<string?>(
            "StartCircuit", page.GetLeftPart(UriPartial.Authority) + "/", page.AbsoluteUri, "[]", markers.ApplicationState, cancellationToken);
        if (_circuit is null)
        {
            throw new InvalidDataException($"The server started no circuit: {Fault}");
        }

        await _attached.Task.WaitAsync(cancellationToken);
        await hub.SendAsync("UpdateRootComponents", markers.AddOperations(), markers.ApplicationState, cancellationToken);
        await _rendered.Task.WaitAsync(cancellationToken);
    }

    private async Task OnRenderBatchAsync(long id, byte[] bytes)
    {
        var arrived = Stopwatch.GetTimestamp();
        var batch = new RenderBatch(bytes);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _batchBytes, batch.Length);
        Kept = _keep ? Kept.Add(batch) : Kept;
        foreach (var watch in _watches)
        {
            if (batch.Contains(watch.Text))
            {
                watch.Seen.TrySetResult(arrived);
                ImmutableInterlocked.Update(ref _watches, (watches, done) => watches.Remove(done), watch);
            }
        }

        await _transport.Connection.SendAsync("OnRenderCompleted", id, null);
        _rendered.TrySetResult();
    }

    private async Task OnScriptCallAsync(long handle, string identifier, string argumentsJson, int resultType, long target)
    {
        ScriptCalls = ScriptCalls.Add(identifier);
        // Zero is a call that wants no answer.
        if (handle != 0)
        {
            var answer = BrowserAnswers.To(identifier, resultType, handle);
            var number = handle.ToString(CultureInfo.InvariantCulture);
            await _transport.Connection.SendAsync("EndInvokeJSFromDotNet", handle, true, $"[{number},true,{answer}]");
        }

        if (identifier == "Blazor._internal.attachWebRendererInterop")
        {
            _attached.TrySetResult();
        }
        else if (identifier == "Blazor._internal.Virtualize.init" && BrowserAnswers.Callback(argumentsJson) is { } list)
        {
            await ScrollIntoViewAsync(list);
        }
    }

    // A list shows rows only once the browser has said how much room there is.
    private Task ScrollIntoViewAsync(long list)
    {
        var call = Interlocked.Increment(ref _dotNetCalls).ToString(CultureInfo.InvariantCulture);
        var room = Viewport.ToString(CultureInfo.InvariantCulture);
        return _transport.Connection.SendAsync("BeginInvokeDotNetFromJS", call, null, "OnSpacerBeforeVisible", list, $"[0,{room},{room}]");
    }

    private void OnError(string message) => End(message);

    private Task OnClosed(Exception? fault)
    {
        End(fault?.Message ?? "closed");
        return Task.CompletedTask;
    }

    private void End(string reason)
    {
        Fault ??= reason;
        var fault = new InvalidDataException($"The circuit ended: {reason}");
        _attached.TrySetException(fault);
        _rendered.TrySetException(fault);
        foreach (var watch in _watches)
        {
            watch.Seen.TrySetException(fault);
        }
    }

    private sealed record TextWatch(byte[] Text)
    {
        public TaskCompletionSource<long> Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
