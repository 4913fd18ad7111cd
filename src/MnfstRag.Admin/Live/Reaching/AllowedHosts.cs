using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Pooling;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Live.Reaching;

/// <summary>The list, read at the start and every few seconds, so that what another instance's administrator allows or forbids counts here too.</summary>
internal sealed class AllowedHosts(IOptions<OutgoingOptions> outgoing, IDbContextFactory<AdminDbContext> contexts, StoreState store, TimeProvider clock) : StoreLoop(store, clock), IReachList
{
    private ReachPolicy _policy = new() { Listed = AllowList.Read(outgoing.Value.Allowed, out _) };

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public ReachPolicy Policy => Volatile.Read(ref _policy);

    /// <summary>Those of the configuration, which nobody takes back here.</summary>
    public IReadOnlySet<string> Configured { get; } = AllowList.Read(outgoing.Value.Allowed, out _);

    /// <summary>Reads the list now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var listed = new HashSet<string>(Configured, StringComparer.OrdinalIgnoreCase);
        listed.UnionWith(await context.AllowedHosts.AsNoTracking().Select(row => row.Host).ToListAsync(cancellationToken));
        if (!listed.SetEquals(Policy.Listed!))
        {
            Volatile.Write(ref _policy, new ReachPolicy { Listed = listed });
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);
}
