using System.Diagnostics;
using System.Net.Sockets;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Processes;

/// <summary>A web application in a process of its own, with its address, its time to readiness, its CPU and its live heap.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly ChildProcess _process;
    private readonly string _heapSocket;

    private WebHost(ChildProcess process, Uri address, string heapSocket)
    {
        _process = process;
        Address = address;
        _heapSocket = heapSocket;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first 200 of <c>/health/ready</c>.</summary>
    public TimeSpan TimeToReady { get; private set; }

    public TimeSpan Cpu => _process.Cpu;

    /// <summary>Starts an assembly with its own port and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in a minute; the message has its last output.</exception>
    public static async Task<WebHost> StartAsync(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://localhost:{FreePort.Find()}/");
        var socket = Path.Combine(Path.GetTempPath(), $"heap-{Guid.NewGuid():n}.sock");
        var variables = new Dictionary<string, string>(HeapProbe.Environment(socket), StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = address.AbsoluteUri.TrimEnd('/'),
            ["Urls"] = address.AbsoluteUri.TrimEnd('/'),
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        var host = new WebHost(ChildProcess.Start("dotnet", [assembly, .. arguments], variables), address, socket);
        try
        {
            await host.WaitAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Its threads and sockets now.</summary>
    public ProcessLoad Load() => ProcessLoad.Of(_process.Id);

    public Task<long> LiveBytesAsync(CancellationToken cancellationToken) => HeapProbe.LiveBytesAsync(_heapSocket, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        File.Delete(_heapSocket);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        while (!await IsReadyAsync(http, cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(_process.StartedAt) > Patience)
            {
                throw new InvalidOperationException($"The application did not become ready:\n{_process.Output}");
            }

            await Task.Delay(Pace, cancellationToken);
        }

        TimeToReady = Stopwatch.GetElapsedTime(_process.StartedAt);
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or SocketException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
