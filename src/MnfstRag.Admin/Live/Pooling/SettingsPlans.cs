using System.Collections.Concurrent;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Settings;
using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Validating;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>What the newest revision of each environment's settings lets one process open. Read at the start and every few seconds, so that a revision of another instance counts here too.</summary>
internal sealed class SettingsPlans(IEnvironmentStore environments, SettingsRevisions revisions, StoreState store, TimeProvider clock) : StoreLoop(store, clock)
{
    private readonly ConcurrentDictionary<string, (int Size, int Overflow, int? Workers)> _known = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Size, overflow and WEB_CONCURRENCY; null while no revision says the first two.</summary>
    public (int Size, int Overflow, int? Workers)? Of(string environment) => _known.TryGetValue(environment, out var known) ? known : null;

    /// <summary>Reads them now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var environment in await environments.ListAsync(cancellationToken))
        {
            if (await revisions.LatestAsync(environment.Id, cancellationToken) is { File: { } file } && PoolSettingsOf(environment.Name, file) is { } plan)
            {
                _known[environment.Name] = plan;
            }
            else
            {
                _known.TryRemove(environment.Name, out _);
            }
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    private static (int Size, int Overflow, int? Workers)? PoolSettingsOf(string name, EnvFile file)
    {
        var settings = new EnvironmentSettings(name, file);
        return settings.PoolNumbers is var (size, overflow) && size is { } one && overflow is { } other ? (one, other, settings.Workers) : null;
    }
}
