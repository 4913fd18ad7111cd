using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using MnfstRag.Admin.Data;
using Npgsql;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>Appends to the audit log in the own store. Singleton.</summary>
public sealed class AuditLog(StoreConnections connections, TimeProvider clock, ILogger<AuditLog> logger) : IAuditLog
{
    private AuditHead? _lastHead;

    /// <summary>The newest row that this process wrote; null before its first. It lies outside the database's owner's reach.</summary>
    public AuditHead? LastHead => Volatile.Read(ref _lastHead);

    /// <inheritdoc />
    public async Task<Guid> WriteAsync(AuditEvent entry, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await connections.Runtime.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var (correlation, head) = await AuditAppend.AppendAsync(transaction, entry, clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Remember(head);
            return correlation;
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            AuditMessages.NotWritten(logger, entry.Action, fault);
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }

    /// <summary>
    /// Changes our own store and writes the row about it in one transaction: both or neither. <paramref name="change"/> returns
    /// null when nothing was changed; then everything is undone and nothing written.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Neither happened.</exception>
    public async Task<bool> WithAsync(AdminDbContext context, Func<Task<AuditEvent?>> change, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await change() is not { } entry)
            {
                await transaction.RollbackAsync(cancellationToken);
                return false;
            }

            var (_, head) = await AuditAppend.AppendAsync((NpgsqlTransaction)transaction.GetDbTransaction(), entry, clock.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Remember(head);
            return true;
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault))
        {
            AuditMessages.NotWritten(logger, "change of the own store", fault);
            throw new StoreUnavailableException(connections.Explain(fault), fault);
        }
    }

    private void Remember(AuditHead head)
    {
        AuditMessages.Head(logger, head);
        for (var last = LastHead; last is null || last.Sequence < head.Sequence; last = LastHead)
        {
            if (Interlocked.CompareExchange(ref _lastHead, head, last) == last)
            {
                return;
            }
        }
    }
}
