using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>
/// Sends what waits to be sent, on the leading instance. A message that fails comes again after a time, longer each time, and is given up after
/// the last; then a person sees it, and may have it tried again. A process that dies between sending and noting sends the same message, with the same id, once more.
/// </summary>
internal sealed class AlertPost(
    IDbContextFactory<AdminDbContext> contexts,
    IEnumerable<IAlertCarrier> carriers,
    ILeadership leadership,
    StoreState state,
    TimeProvider clock,
    ILogger<AlertPost> logger) : StoreLoop(state, clock)
{
    /// <summary>Time to the next attempt after each failed one; after the last it is given up.</summary>
    internal static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6),
    ];

    private const int AtOnce = 8;

    /// <inheritdoc />
    protected override TimeSpan Pause { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Tries every message that is due, several at once: a receiver that hangs holds up no other.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Standing.Leads)
        {
            return;
        }

        var now = Clock.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await context.AlertDeliveries
            .Where(row => row.DeliveredAt == null && row.GivenUpAt == null && row.DueAt <= now)
            .OrderBy(row => row.DueAt)
            .Take(AtOnce)
            .Join(context.AlertChannels, row => row.ChannelId, channel => channel.Id, (row, channel) => new { row, channel })
            .ToListAsync(cancellationToken);
        var faults = await Task.WhenAll(due.Select(async one => (one.row, one.channel, Fault: await SendAsync(one.channel, one.row, cancellationToken))));
        foreach (var (row, channel, fault) in faults)
        {
            Note(row, channel, fault);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => SendDueAsync(cancellationToken);

    /// <inheritdoc />
    protected override void Away(Exception fault) => AlertLog.StoreAway(logger, fault);

    private async Task<string?> SendAsync(AlertChannelRow channel, AlertDeliveryRow row, CancellationToken cancellationToken) =>
        !channel.Enabled ? "The channel is switched off."
        : await carriers.Single(carrier => carrier.Kind == channel.Kind).SendAsync(channel, row, cancellationToken);

    private void Note(AlertDeliveryRow row, AlertChannelRow channel, string? fault)
    {
        (row.Attempts, row.Fault) = (row.Attempts + 1, fault);
        var now = Clock.GetUtcNow();
        if (fault is null)
        {
            row.DeliveredAt = now;
            AlertLog.Delivered(logger, row.Id, channel.Name);
        }
        else if (row.Attempts > Pauses.Count)
        {
            row.GivenUpAt = now;
            AlertLog.GivenUp(logger, row.Id, channel.Name, row.Attempts, fault);
        }
        else
        {
            row.DueAt = now + Pauses[row.Attempts - 1];
            AlertLog.NotDelivered(logger, row.Id, channel.Name, row.Attempts, fault);
        }
    }
}
