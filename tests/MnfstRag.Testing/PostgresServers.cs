using System.Collections.Concurrent;

namespace MnfstRag.Testing;

/// <summary>One shared running server per major version and test process. Tests use databases and roles of their own on it.</summary>
public static class PostgresServers
{
    private static readonly ConcurrentDictionary<int, Lazy<Task<PostgresServer>>> Servers = new();

    /// <summary>The shared server, started at the first call. Never stop or freeze it: that is what <see cref="PostgresServer.StartOwnAsync"/> is for.</summary>
    public static Task<PostgresServer> GetAsync(int major)
        => Servers.GetOrAdd(major, version => new Lazy<Task<PostgresServer>>(() => StartAsync(version))).Value;

    /// <summary>The shared server of the newest version.</summary>
    public static Task<PostgresServer> GetAsync() => GetAsync(PostgresVersions.Newest);

    private static async Task<PostgresServer> StartAsync(int major)
        => await DockerEngine.AnswersAsync() ? await PostgresServer.StartContainerAsync(major) : await PostgresServer.StartOwnAsync(major);
}
