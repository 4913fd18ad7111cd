using System.Collections.Concurrent;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Watching.Everywhere;

/// <summary>For each version a primary with its standby, started when the first test wants them.</summary>
public sealed class ReplicatedServers : IAsyncLifetime
{
    private readonly ConcurrentDictionary<int, Lazy<Task<ReplicatedServer>>> _servers = new();

    public Task<ReplicatedServer> GetAsync(int major)
        => _servers.GetOrAdd(major, version => new Lazy<Task<ReplicatedServer>>(() => ReplicatedServer.StartAsync(version))).Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await (await server.Value).DisposeAsync();
        }
    }
}
