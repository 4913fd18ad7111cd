using System.Collections.Concurrent;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>
/// The Vault servers of environments, with their tokens and the last values that were read: all of it in memory alone, and gone with the process.
/// Singleton; for services, never for Razor. Checks no permission.
/// </summary>
/// <param name="clock">For leases and limits.</param>
public sealed class Vaults(TimeProvider clock) : IDisposable
{
    /// <summary>The engine of the product's guide.</summary>
    public const string Mount = "secret";

    /// <summary>The secret of the product's guide; its fields are <c>url</c> and <c>jwt_secret</c>.</summary>
    public const string Path = "database";

    private readonly ConcurrentDictionary<string, (VaultAddress Address, VaultClient Client)> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (VaultAddress Address, VaultReading Reading)> _known = new(StringComparer.Ordinal);

    /// <summary>Reads the environment's secret; the last known values stay beside the reason when that fails.</summary>
    public async Task<VaultReading> ReadAsync(string environment, VaultAddress address, ReachPolicy policy, CancellationToken cancellationToken = default)
    {
        var answer = await Client(environment, address, policy).ReadAsync(Mount, Path, cancellationToken);
        var before = LastKnown(environment, address);
        var reading = answer.Value is { } secret
            ? new VaultReading(secret, clock.GetUtcNow(), VaultState.Answered, null)
            : new VaultReading(before?.Secret, before?.ReadAt, answer.State, answer.Fault);
        _known[environment] = (address, reading);
        return reading;
    }

    /// <summary>What the last attempt left; null when this address was not asked yet.</summary>
    public VaultReading? LastKnown(string environment, VaultAddress address) =>
        _known.TryGetValue(environment, out var known) && known.Address == address ? known.Reading : null;

    /// <summary>Writes fields over the version that was seen.</summary>
    public Task<VaultAnswer<VaultSecret>> WriteAsync(
        string environment, VaultAddress address, ReachPolicy policy, VaultSecret seen, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken = default) =>
        Client(environment, address, policy).WriteAsync(Mount, Path, seen, fields, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, client) in _clients.Values)
        {
            client.Dispose();
        }
    }

    /// <summary>One client an environment; another address or AppRole is another client, and the old token is forgotten with the old one.</summary>
    private VaultClient Client(string environment, VaultAddress address, ReachPolicy policy) => _clients.AddOrUpdate(
        environment,
        _ => (address, new VaultClient(address, policy, clock)),
        (_, held) => held.Address == address ? held : (address, new VaultClient(address, policy, clock))).Client;
}
