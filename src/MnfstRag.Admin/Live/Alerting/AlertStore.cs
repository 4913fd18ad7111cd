using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Alerts and rules in the own store, for the judging instance. Singleton; checks no permission.</summary>
public sealed class AlertStore(IDbContextFactory<AdminDbContext> contexts)
{
    /// <summary>Rules in force for each environment that has some of its own; all others have the defaults.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<AlertRule>>> RulesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AlertRules.AsNoTracking().ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.EnvironmentId).ToDictionary(group => group.Key, group => InForce(group));
    }

    /// <summary>The defaults, changed or switched off as <paramref name="rows"/> have it.</summary>
    public static IReadOnlyList<AlertRule> InForce(IEnumerable<AlertRuleRow> rows)
    {
        var own = rows.ToDictionary(row => row.Rule, StringComparer.Ordinal);
        return [.. AlertRules.Defaults
            .Where(rule => !own.TryGetValue(rule.Key, out var row) || row.Enabled)
            .Select(rule => own.TryGetValue(rule.Key, out var row)
                ? rule with { Warning = row.Warning, Critical = row.Critical, For = TimeSpan.FromSeconds(row.ForSeconds) }
                : rule)];
    }

    /// <summary>Alerts of an environment that last.</summary>
    public async Task<IReadOnlyList<(AlertName Name, FindingLevel Level)>> RaisedAsync(Guid environment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Alerts.AsNoTracking().Where(row => row.EnvironmentId == environment && row.EndedAt == null).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (new AlertName(row.Rule, row.Object), row.Level))];
    }

    /// <summary>Writes what changed, all or nothing.</summary>
    public async Task WriteAsync(Guid environment, IReadOnlyList<AlertChange> changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lasting = await context.Alerts.Where(row => row.EnvironmentId == environment && row.EndedAt == null).ToDictionaryAsync(row => new AlertName(row.Rule, row.Object), cancellationToken);
        foreach (var change in changes)
        {
            if (lasting.TryGetValue(change.Name, out var row))
            {
                Change(row, change, now);
            }
            else if (change.Kind != AlertChangeKind.Ended)
            {
                context.Alerts.Add(New(environment, change, now));
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Drops alerts that ended, messages and mutes that are over, from before <paramref name="limit"/>.</summary>
    public async Task ForgetAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Alerts.Where(row => row.EndedAt < limit).ExecuteDeleteAsync(cancellationToken);
        await context.AlertDeliveries.Where(row => row.MadeAt < limit).ExecuteDeleteAsync(cancellationToken);
        await context.AlertMutes.Where(row => row.Until < limit).ExecuteDeleteAsync(cancellationToken);
    }

    private static void Change(AlertRow row, AlertChange change, DateTimeOffset now)
    {
        (row.Level, row.ChangedAt) = (change.Level, now);
        if (change.Reading is { } reading)
        {
            (row.Value, row.Evidence) = (reading.Value, reading.Evidence);
        }

        if (change.Kind == AlertChangeKind.Ended)
        {
            row.EndedAt = now;
        }
    }

    private static AlertRow New(Guid environment, AlertChange change, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        EnvironmentId = environment,
        Rule = change.Name.Rule,
        Object = change.Name.Object,
        Level = change.Level,
        Value = change.Reading?.Value,
        Evidence = change.Reading?.Evidence ?? "",
        RaisedAt = now,
        ChangedAt = now,
    };
}
