using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Features.Audit;

/// <summary>Reads and verifies the audit log.</summary>
public sealed class AuditService(IAccess access, IDbContextFactory<AdminDbContext> contexts, AuditVerifier verifier, TimeProvider clock)
{
    /// <summary>Rows of one page.</summary>
    public const int PageSize = 50;

    /// <summary>How long an intent may wait for its outcome before it counts as unproven.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Rows that match, the newest first, from below <paramref name="before"/>: the place of a page does not move while rows are added.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read the log.</exception>
    public async Task<AuditPageOfRows> SearchAsync(AuditFilter filter, long? before = null, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ReadAudit, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Matching(context, filter)
            .Where(entry => before == null || entry.Sequence < before)
            .OrderByDescending(entry => entry.Sequence)
            .Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var page = found.Take(PageSize).ToList();
        return new AuditPageOfRows(await RowsAsync(context, page, cancellationToken), found.Count > PageSize ? page[^1].Sequence : null);
    }

    /// <summary>One row with those of the same correlation, oldest first; empty when there is no such row.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read the log.</exception>
    public async Task<IReadOnlyList<AuditRow>> StoryAsync(long sequence, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ReadAudit, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var story = await context.AuditEntries
            .AsNoTracking()
            .Where(entry => context.AuditEntries.Any(named => named.Sequence == sequence && named.Correlation == entry.Correlation))
            .OrderBy(entry => entry.Sequence)
            .ToListAsync(cancellationToken);
        return await RowsAsync(context, story, cancellationToken);
    }

    /// <summary>Recomputes the whole chain and names the first row that does not fit.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read the log.</exception>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.ReadAudit, cancellationToken);
        return await verifier.VerifyAsync(expected: null, cancellationToken);
    }

    private IQueryable<AuditEntry> Matching(AdminDbContext context, AuditFilter filter)
    {
        var entries = context.AuditEntries.AsNoTracking();
        if (filter.Actor is { Length: > 0 } actor)
        {
            entries = entries.Where(entry => EF.Functions.ILike(entry.ActorName!, Containing(actor), "\\"));
        }

        if (filter.Action is { Length: > 0 } action)
        {
            entries = entries.Where(entry => entry.Action.StartsWith(action));
        }

        if (filter.Environment is { Length: > 0 } environment)
        {
            entries = entries.Where(entry => entry.Environment == environment);
        }

        if (filter.Text is { Length: > 0 } text)
        {
            entries = entries.Where(entry =>
                EF.Functions.ILike(entry.Object!, Containing(text), "\\") || EF.Functions.ILike(entry.Outcome!, Containing(text), "\\"));
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(entry => entry.At >= from.ToUniversalTime());
        }

        if (filter.To is { } to)
        {
            entries = entries.Where(entry => entry.At < to.ToUniversalTime());
        }

        if (filter.UnprovenOnly)
        {
            var latest = clock.GetUtcNow() - Patience;
            entries = entries.Where(entry =>
                entry.Phase == nameof(AuditPhase.Intent)
                && entry.At < latest
                && !context.AuditEntries.Any(other => other.Correlation == entry.Correlation && other.Phase == nameof(AuditPhase.Outcome)));
        }

        return entries;
    }

    private async Task<IReadOnlyList<AuditRow>> RowsAsync(AdminDbContext context, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var intents = entries.Where(entry => entry.Phase == nameof(AuditPhase.Intent)).Select(entry => entry.Correlation).ToList();
        var outcomes = await context.AuditEntries
            .AsNoTracking()
            .Where(entry => intents.Contains(entry.Correlation) && entry.Phase == nameof(AuditPhase.Outcome))
            .GroupBy(entry => entry.Correlation)
            .Select(group => new { group.Key, Outcome = group.OrderByDescending(entry => entry.Sequence).First().Outcome })
            .ToDictionaryAsync(pair => pair.Key, pair => pair.Outcome, cancellationToken);
        return [.. entries.Select(entry => Row(entry, outcomes))];
    }

    private AuditRow Row(AuditEntry entry, Dictionary<Guid, string?> outcomes)
    {
        var phase = Enum.Parse<AuditPhase>(entry.Phase);
        var answered = outcomes.TryGetValue(entry.Correlation, out var outcome);
        var proof = phase != AuditPhase.Intent || answered ? AuditProof.Proven
            : clock.GetUtcNow() - entry.At < Patience ? AuditProof.Running
            : AuditProof.Unproven;
        return new AuditRow(
            entry.Sequence,
            entry.At,
            phase,
            entry.Action,
            AuditText.Shown(entry.ActorName),
            AuditText.Shown(entry.Environment),
            AuditText.Shown(entry.Object),
            AuditText.Shown(phase == AuditPhase.Intent ? outcome : entry.Outcome),
            proof,
            entry.Correlation,
            AuditDetails.Read(entry.Details).ToDictionary(pair => AuditText.Shown(pair.Key), pair => AuditText.Shown(pair.Value), StringComparer.Ordinal),
            Convert.ToHexStringLower(entry.Hash));
    }

    private static string Containing(string text) =>
        "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
