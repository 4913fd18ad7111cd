using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>
/// Makes messages of what changed: all changes of an environment that fall together are one message a channel, and what was told is noted in
/// the same transaction, so that nothing is told twice. Singleton.
/// </summary>
public sealed class AlertTelling(IDbContextFactory<AdminDbContext> contexts, IEnumerable<IQuietTimes> quietTimes, IOptions<AlertOptions> options)
{
    /// <summary>How messages are written.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Makes the messages that are due.</summary>
    public async Task TellAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var untold = await context.Alerts
            .Where(row => row.EndedAt == null ? row.ToldLevel == null || row.ToldLevel < row.Level : !row.EndTold)
            .ToListAsync(cancellationToken);
        if (untold.Count == 0)
        {
            return;
        }

        var mutes = await context.AlertMutes.AsNoTracking().Where(mute => mute.From <= now && mute.Until > now).ToListAsync(cancellationToken);
        var channels = await context.AlertChannels.AsNoTracking().Where(channel => channel.Enabled).OrderBy(channel => channel.Name).ToListAsync(cancellationToken);
        foreach (var group in untold.GroupBy(row => row.EnvironmentId).ToList())
        {
            // What nobody heard of needs no end either.
            foreach (var row in group.Where(row => row is { EndedAt: not null, ToldLevel: null }))
            {
                row.EndTold = true;
            }

            var due = group.Where(row => !row.EndTold && !mutes.Any(mute => mute.Covers(row, now))).OrderByDescending(row => row.Level).ThenBy(row => row.RaisedAt).ToList();
            if (due.Count == 0 || due.Min(row => row.ChangedAt) > now - options.Value.GroupWait || await IsQuietAsync(group.Key, now, cancellationToken))
            {
                continue;
            }

            var environment = await context.Environments.Where(row => row.Id == group.Key).Select(row => row.Name).SingleAsync(cancellationToken);
            foreach (var channel in channels.Where(channel => channel.EnvironmentId is null || channel.EnvironmentId == group.Key))
            {
                if (due.Where(row => row.Level >= channel.Least).ToList() is { Count: > 0 } told)
                {
                    context.AlertDeliveries.Add(Delivery(channel, Message(environment, told, now), now));
                }
            }

            foreach (var row in due)
            {
                (row.ToldLevel, row.EndTold) = (row.Level, row.EndedAt is not null);
            }
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>A message as it waits to be sent.</summary>
    internal static AlertDeliveryRow Delivery(AlertChannelRow channel, AlertMessage message, DateTimeOffset now) => new()
    {
        Id = message.Id,
        ChannelId = channel.Id,
        Subject = message.Subject,
        Body = JsonSerializer.Serialize(message, Json),
        MadeAt = now,
        DueAt = now,
    };

    private async Task<bool> IsQuietAsync(Guid environment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var times in quietTimes)
        {
            if (await times.IsQuietAsync(environment, now, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private AlertMessage Message(string environment, List<AlertRow> rows, DateTimeOffset now)
    {
        var first = Item(rows[0]);
        var subject = rows.Count == 1
            ? $"{environment}: {first.Title} ({first.Object}) {(first.State == "ended" ? "is over" : $"is {first.Level}")}"
            : $"{environment}: {Words(rows.Count(row => row.EndedAt is null), "alert", "began or worsened")}{(rows.Exists(row => row.EndedAt is not null) ? $", {Words(rows.Count(row => row.EndedAt is not null), "alert", "ended")}" : "")}";
        return new AlertMessage(
            Guid.CreateVersion7(now),
            environment,
            subject,
            now,
            [.. rows.Take(AlertMessage.Most).Select(Item)],
            Math.Max(0, rows.Count - AlertMessage.Most),
            options.Value.PublicUrl is { Length: > 0 } address ? $"{address.TrimEnd('/')}/alerts?environment={Uri.EscapeDataString(environment)}" : null);
    }

    private static string Words(int count, string noun, string what) => $"{count} {noun}{(count == 1 ? "" : "s")} {what}";

    private static AlertMessageItem Item(AlertRow row) => new(
        row.Id,
        row.EndedAt is not null ? "ended" : row.ToldLevel is null ? "raised" : "worsened",
        row.Level == FindingLevel.Critical ? "critical" : "warning",
        row.Rule,
        AlertRules.Defaults.FirstOrDefault(rule => rule.Key == row.Rule)?.Title ?? row.Rule,
        row.Object,
        row.Evidence,
        row.RaisedAt,
        row.EndedAt);
}
