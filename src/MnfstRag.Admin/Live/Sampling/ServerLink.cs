namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The one connection of a sampler: opened when needed, kept while it serves, thrown away when it fails.</summary>
internal sealed class ServerLink(IWatchedServers servers, SamplerOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IWatchedServer? _server;
    private Task<Attempt>? _running;
    private long? _slowAt;

    /// <summary>The DATABASE_URL that the connection was opened with; null before the first.</summary>
    public string? Target { get; private set; }

    /// <summary>What is said of a server that does not answer within <paramref name="budget"/>.</summary>
    public static string Silence(TimeSpan budget) =>
        $"The server has not answered within {budget.TotalSeconds:0.#} s. It may be stopped, overloaded or cut off by the network; the dashboard keeps waiting and asks again.";

    /// <summary>Reads once, over the connection there is or a new one. Never throws; one call at a time.</summary>
    public Task<Attempt> ReadAsync(string url, CancellationToken held) => _running = RunAsync(url, held);

    /// <summary>Ends the connection; a reading under way ends first.</summary>
    public async Task CloseAsync()
    {
        if (_running is { IsCompleted: false } running)
        {
            await running;
        }

        await DropAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await CloseAsync();
        _gone.Dispose();
    }

    private async Task<Attempt> RunAsync(string url, CancellationToken held)
    {
        var started = clock.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(held, _gone.Token);
        try
        {
            if (Target != url)
            {
                await DropAsync();
                Target = url;
            }

            _server ??= await servers.OpenAsync(url, ended.Token);
            var slow = _slowAt is not { } at || clock.GetElapsedTime(at) >= options.SlowInterval;
            var reading = await _server.ReadAsync(slow, ended.Token);
            if (!reading.Any)
            {
                await DropAsync();
                return new Attempt(null, new ServerFault(reading.Faults.Values.FirstOrDefault() ?? "The server answered nothing.", Passing: false), clock.GetElapsedTime(started));
            }

            _slowAt = slow ? started : _slowAt;
            return new Attempt(reading, null, clock.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            await DropAsync();
            return new Attempt(null, null, clock.GetElapsedTime(started));
        }
        catch (Exception exception)
        {
            await DropAsync();
            return new Attempt(null, servers.Explain(exception, url), clock.GetElapsedTime(started));
        }
    }

    private async Task DropAsync()
    {
        _slowAt = null;
        if (_server is { } server)
        {
            _server = null;
            await server.DisposeAsync();
        }
    }
}
