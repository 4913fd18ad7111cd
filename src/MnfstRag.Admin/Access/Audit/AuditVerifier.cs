using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Access.Audit;

/// <summary>Recomputes the chain from its first row. Reads row by row, so that a long log needs no memory.</summary>
public sealed class AuditVerifier(IDbContextFactory<AdminDbContext> contexts, AuditLog log)
{
    /// <summary>Checks every row.</summary>
    /// <param name="expected">
    /// A head that the log repeated earlier; a chain that was rewritten as a whole differs from it. Without one, the newest row
    /// that this process wrote.
    /// </param>
    /// <param name="cancellationToken">Ends the check.</param>
    public async Task<AuditVerdict> VerifyAsync(AuditHead? expected = null, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        expected ??= log.LastHead;
        AuditHead? head = null;
        var previous = AuditChain.Origin;
        await foreach (var entry in context.AuditEntries.AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (FaultOf(entry, (head?.Sequence ?? 0) + 1, previous) is { } fault)
            {
                return Broken(head, fault.Sequence, fault.Words);
            }

            previous = entry.Hash;
            head = new AuditHead(entry.Sequence, Convert.ToHexStringLower(entry.Hash));
            if (expected is not null && expected.Sequence == head.Sequence && expected != head)
            {
                return Broken(
                    head,
                    head.Sequence,
                    $"Row {Number(head.Sequence)} is not the one that the log recorded: its hash is {head.Hash}, the log says {expected.Hash}. The chain was rewritten at this row or before it.");
            }
        }

        return Whole(head, expected);
    }

    private static (long Sequence, string Words)? FaultOf(AuditEntry entry, long awaited, byte[] previous)
    {
        if (entry.Sequence != awaited)
        {
            return (awaited, entry.Sequence < awaited
                ? $"Row {Number(entry.Sequence)} has a sequence below the first one."
                : $"Row {Number(awaited)} is missing: the next one present is {Number(entry.Sequence)}.");
        }

        if (entry.Version != AuditChain.Version)
        {
            return (awaited, $"Row {Number(awaited)} claims version {entry.Version} of the canonical form, which this dashboard does not know.");
        }

        if (!previous.AsSpan().SequenceEqual(entry.PreviousHash))
        {
            return (awaited, $"Row {Number(awaited)} does not follow the row before it: rows were changed, put in or taken out here.");
        }

        return AuditChain.HashOf(previous, AuditRow.From(entry)).AsSpan().SequenceEqual(entry.Hash)
            ? null
            : (awaited, $"Row {Number(awaited)} was changed after it was written: its content does not match its hash.");
    }

    private static AuditVerdict Whole(AuditHead? head, AuditHead? expected)
    {
        if (expected is not null && expected.Sequence > (head?.Sequence ?? 0))
        {
            var missing = (head?.Sequence ?? 0) + 1;
            return Broken(head, missing, $"Row {Number(missing)} is missing: the log recorded rows up to {Number(expected.Sequence)}, the newest one present is {Number(missing - 1)}.");
        }

        return head is null
            ? new AuditVerdict(IsIntact: true, 0, null, null, "The audit log is empty.")
            : new AuditVerdict(IsIntact: true, head.Sequence, head, null, $"All {Number(head.Sequence)} rows are as they were written. The head is {head}.");
    }

    private static AuditVerdict Broken(AuditHead? head, long firstBad, string words) => new(IsIntact: false, head?.Sequence ?? 0, head, firstBad, words);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
