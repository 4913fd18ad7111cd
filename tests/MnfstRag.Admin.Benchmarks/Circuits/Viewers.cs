using System.Net;

namespace MnfstRag.Admin.Benchmarks.Circuits;

/// <summary>Several viewers of one page.</summary>
internal sealed class Viewers(Uri page, CookieContainer cookies) : IAsyncDisposable
{
    private const int AtOnce = 4;
    private readonly List<CircuitClient> _clients = [];

    public int Count => _clients.Count;

    public long Batches => _clients.Sum(client => client.Batches);

    public long BatchBytes => _clients.Sum(client => client.BatchBytes);

    public long WireBytes => _clients.Sum(client => client.WireBytes);

    /// <summary>Why the first of those that ended did; null while all live.</summary>
    public string? Fault => _clients.Select(client => client.Fault).FirstOrDefault(fault => fault is not null);

    public IEnumerable<string> ScriptCalls => _clients.SelectMany(client => client.ScriptCalls).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Opens more until there are <paramref name="count"/>.</summary>
    /// <exception cref="InvalidDataException">One that was open has ended.</exception>
    public async Task GrowToAsync(int count, CancellationToken cancellationToken)
    {
        while (_clients.Count < count)
        {
            var more = Enumerable.Range(0, Math.Min(AtOnce, count - _clients.Count));
            _clients.AddRange(await Task.WhenAll(more.Select(_ => CircuitClient.OpenAsync(page, cookies, keep: false, cancellationToken))));
        }

        if (Fault is { } fault)
        {
            throw new InvalidDataException($"A viewer's circuit ended: {fault}");
        }
    }

    /// <summary>Ends every connection without a goodbye, as a network that fails does.</summary>
    public async Task DropAsync()
    {
        foreach (var client in _clients)
        {
            await client.DropAsync();
        }

        _clients.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }
}
