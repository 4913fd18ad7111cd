using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Findings;

/// <summary>
/// All dismissals as the own store had them a moment ago, so that a tick asks no database. Singleton; read again after every change
/// made here, and every few seconds for those made by other instances (<see cref="DismissalFollower"/>). Checks no permission.
/// </summary>
public sealed class Dismissals(IDbContextFactory<AdminDbContext> contexts, AuditLog audit) : IDisposable
{
    private static readonly FrozenDictionary<string, Dismissal> None = FrozenDictionary<string, Dismissal>.Empty;
    private readonly SemaphoreSlim _one = new(1);
    private volatile FrozenDictionary<Guid, FrozenDictionary<string, Dismissal>> _all = FrozenDictionary<Guid, FrozenDictionary<string, Dismissal>>.Empty;

    /// <summary>Some came or went. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Those of an environment, by the finding's key, expired ones included. The same object until they change.</summary>
    public IReadOnlyDictionary<string, Dismissal> Of(Guid environment) => _all.GetValueOrDefault(environment, None);

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    /// <summary>Puts a finding aside, together with its audit row: both or neither.</summary>
    /// <exception cref="StoreUnavailableException">Neither happened.</exception>
    public Task PutAsync(DismissalRow row, AuditEvent entry, CancellationToken cancellationToken) => ChangeAsync(
        async context =>
        {
            await context.Dismissals.Where(one => one.EnvironmentId == row.EnvironmentId && one.FindingKey == row.FindingKey).ExecuteDeleteAsync(cancellationToken);
            context.Dismissals.Add(row);
            await context.SaveChangesAsync(cancellationToken);
            return entry;
        },
        cancellationToken);

    /// <summary>Takes a dismissal away, together with its audit row; nothing is written when there was none.</summary>
    /// <exception cref="StoreUnavailableException">Neither happened.</exception>
    public Task RemoveAsync(Guid environment, string key, AuditEvent entry, CancellationToken cancellationToken) => ChangeAsync(
        async context => await context.Dismissals.Where(row => row.EnvironmentId == environment && row.FindingKey == key).ExecuteDeleteAsync(cancellationToken) > 0 ? entry : null,
        cancellationToken);

    /// <summary>Reads the store; tells those who listen when it differs from before.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await context.Dismissals.AsNoTracking().ToListAsync(cancellationToken);
            var fresh = rows
                .GroupBy(row => row.EnvironmentId)
                .ToFrozenDictionary(group => group.Key, group => Kept(group.Key, group.ToFrozenDictionary(row => row.FindingKey, Dismissal.Of, StringComparer.Ordinal)));
            if (_all.Count == fresh.Count && fresh.All(pair => ReferenceEquals(pair.Value, Of(pair.Key))))
            {
                return;
            }

            _all = fresh;
        }
        finally
        {
            _one.Release();
        }

        Changed?.Invoke();
    }

    private async Task ChangeAsync(Func<AdminDbContext, Task<AuditEvent?>> change, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await audit.WithAsync(context, () => change(context), cancellationToken);
        }

        await ReadAsync(cancellationToken);
    }

    /// <summary>The object known before when nothing differs: its holders need not look again.</summary>
    private FrozenDictionary<string, Dismissal> Kept(Guid environment, FrozenDictionary<string, Dismissal> fresh) =>
        _all.TryGetValue(environment, out var known) && known.Count == fresh.Count && known.All(pair => fresh.TryGetValue(pair.Key, out var value) && value == pair.Value)
            ? known
            : fresh;
}
