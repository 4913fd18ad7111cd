using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Alerts that last and that ended; who takes care of them; times in which nobody is told. Scoped.</summary>
public sealed class AlertsService(IAccess access, IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock)
{
    /// <summary>Shortest reason, in characters.</summary>
    public const int ShortestReason = 3;

    /// <summary>Longest reason or note, in characters.</summary>
    public const int LongestReason = 300;

    /// <summary>Longest mute.</summary>
    public static readonly TimeSpan LongestMute = TimeSpan.FromDays(30);

    /// <summary>Farthest that a mute may be planned ahead.</summary>
    public static readonly TimeSpan FarthestMute = TimeSpan.FromDays(90);

    /// <summary>All of it, of every environment.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see alerts.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<AlertBoard> ReadAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        var now = clock.GetUtcNow();
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var names = await context.Environments.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
            var mutes = await context.AlertMutes.AsNoTracking().Where(row => row.Until > now).OrderBy(row => row.From).ToListAsync(cancellationToken);
            var lasting = await context.Alerts.AsNoTracking().Where(row => row.EndedAt == null).OrderByDescending(row => row.Level).ThenBy(row => row.RaisedAt).ToListAsync(cancellationToken);
            var ended = await context.Alerts.AsNoTracking().Where(row => row.EndedAt != null).OrderByDescending(row => row.EndedAt).ThenBy(row => row.Id).Take(AlertBoard.Most).ToListAsync(cancellationToken);
            return new AlertBoard(
                now,
                [.. names.Values.Order(StringComparer.Ordinal)],
                [.. lasting.Select(row => Item(row, names, mutes.Exists(mute => mute.Covers(row, now))))],
                [.. ended.Select(row => Item(row, names, muted: false))],
                [.. mutes.Select(row => new AlertMute(row.Id, names[row.EnvironmentId], row.Rule is null ? null : Title(row.Rule), row.Object, row.Reason, row.By, row.From, row.Until, row.From <= now))],
                await context.AlertDeliveries.CountAsync(row => row.GivenUpAt != null, cancellationToken),
                await context.AlertChannels.CountAsync(row => row.Enabled, cancellationToken));
        }
        catch (Exception fault) when (StoreFaults.IsOne(fault) && fault is not StoreUnavailableException)
        {
            throw new StoreUnavailableException("Alerts cannot be read: the dashboard's own database does not answer.", fault);
        }
    }

    /// <summary>Says that the caller takes care of an alert. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not handle alerts; the refusal is in the audit log.</exception>
    public async Task<string?> AcknowledgeAsync(Guid id, string note, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        var words = note.Trim();
        if (words.Length > LongestReason)
        {
            return TooLong("note", words);
        }

        return await WriteAsync(
            async context =>
            {
                if (await context.Alerts.SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancellationToken) is not { } alert)
                {
                    return null;
                }

                (alert.AcknowledgedBy, alert.AcknowledgedAt, alert.Note) = (caller.Name, clock.GetUtcNow(), words.Length == 0 ? null : words);
                await context.SaveChangesAsync(cancellationToken);
                return Entry("alert.acknowledge", caller, await NameAsync(context, alert.EnvironmentId, cancellationToken), $"{alert.Rule}: {alert.Object}", ("note", words));
            },
            "This alert is over by now; there is nothing to take care of.",
            cancellationToken);
    }

    /// <summary>Tells nobody of some alerts for a time. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not handle alerts; the refusal is in the audit log.</exception>
    public async Task<string?> MuteAsync(MuteDraft draft, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        var (reason, now) = (draft.Reason.Trim(), clock.GetUtcNow());
        var from = draft.From is { } planned && planned > now ? planned : now;
        if (reason.Length < ShortestReason)
        {
            return "Say in a few words why: whoever is not told will want to know.";
        }

        if (reason.Length > LongestReason)
        {
            return TooLong("reason", reason);
        }

        if (draft.Length <= TimeSpan.Zero || draft.Length > LongestMute)
        {
            return "Choose a length between a minute and 30 days.";
        }

        if (from - now > FarthestMute)
        {
            return "A mute can be planned up to 90 days ahead. Choose an earlier beginning.";
        }

        if (draft.Rule is { } rule && AlertRules.Defaults.All(one => one.Key != rule))
        {
            return $"There is no rule called {rule}.";
        }

        return await WriteAsync(
            async context =>
            {
                if (await context.Environments.SingleOrDefaultAsync(row => row.Name == draft.Environment, cancellationToken) is not { } environment)
                {
                    return null;
                }

                context.AlertMutes.Add(new AlertMuteRow
                {
                    Id = Guid.CreateVersion7(now),
                    EnvironmentId = environment.Id,
                    Rule = draft.Rule,
                    Object = draft.Object,
                    Reason = reason,
                    By = caller.Name,
                    At = now,
                    From = from,
                    Until = from + draft.Length,
                });
                await context.SaveChangesAsync(cancellationToken);
                return Entry(
                    "alert.mute",
                    caller,
                    environment.Name,
                    $"{draft.Rule ?? "all rules"}{(draft.Object is { } one ? $": {one}" : "")}",
                    ("reason", reason),
                    ("from", from.ToString("O", CultureInfo.InvariantCulture)),
                    ("until", (from + draft.Length).ToString("O", CultureInfo.InvariantCulture)));
            },
            $"There is no environment called {draft.Environment} any more.",
            cancellationToken);
    }

    /// <summary>Ends a mute. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not handle alerts; the refusal is in the audit log.</exception>
    public async Task<string?> UnmuteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        return await WriteAsync(
            async context =>
            {
                if (await context.AlertMutes.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } mute)
                {
                    return null;
                }

                context.AlertMutes.Remove(mute);
                await context.SaveChangesAsync(cancellationToken);
                return Entry("alert.unmute", caller, await NameAsync(context, mute.EnvironmentId, cancellationToken), $"{mute.Rule ?? "all rules"}{(mute.Object is { } one ? $": {one}" : "")}");
            },
            "This mute is over already.",
            cancellationToken);
    }

    private static string TooLong(string what, string words) =>
        string.Create(CultureInfo.InvariantCulture, $"The {what} has {words.Length} characters and {LongestReason} are kept. Shorten it.");

    private static AlertItem Item(AlertRow row, Dictionary<Guid, string> names, bool muted) => new(
        row.Id, names[row.EnvironmentId], row.Rule, Title(row.Rule), row.Object, row.Level, row.Evidence, row.RaisedAt, row.EndedAt, row.AcknowledgedBy, row.AcknowledgedAt, row.Note, muted);

    private static string Title(string rule) => AlertRules.Defaults.FirstOrDefault(one => one.Key == rule)?.Title ?? rule;

    private static Task<string> NameAsync(AdminDbContext context, Guid environment, CancellationToken cancellationToken) =>
        context.Environments.Where(row => row.Id == environment).Select(row => row.Name).SingleAsync(cancellationToken);

    private static AuditEvent Entry(string action, Caller caller, string environment, string subject, params ReadOnlySpan<(string Name, string Value)> details) => new(
        action, AuditPhase.Event, caller, environment, subject, "done", Details: details.ToArray().Where(pair => pair.Value.Length > 0).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>Null when written; <paramref name="missing"/> when there was nothing to write about.</summary>
    private async Task<string?> WriteAsync(Func<AdminDbContext, Task<AuditEvent?>> change, string missing, CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await audit.WithAsync(context, () => change(context), cancellationToken) ? null : missing;
        }
        catch (StoreUnavailableException fault)
        {
            return $"Nothing was changed, because the dashboard's own database could not write it down. {fault.Message}";
        }
    }
}
