using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Features.Alerts;

/// <summary>Where alerts are sent, and what became of each message. Changing a channel asks for the password again; its address and key are write-only. Scoped.</summary>
public sealed class AlertChannelsService(
    IAccess access,
    PasswordAgain passwords,
    IDbContextFactory<AdminDbContext> contexts,
    AuditLog audit,
    AlertSecrets secrets,
    ChannelRules rules,
    IOptions<AlertOptions> options,
    TimeProvider clock)
{
    private const int KeyBytes = 32;

    /// <summary>Channels and messages.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see alerts.</exception>
    public async Task<ChannelPage> ReadAsync(CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var names = await context.Environments.AsNoTracking().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        var channels = await context.AlertChannels.AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var deliveries = await context.AlertDeliveries.AsNoTracking()
            .OrderByDescending(row => row.GivenUpAt != null).ThenByDescending(row => row.MadeAt).ThenBy(row => row.Id)
            .Take(ChannelPage.Most)
            .ToListAsync(cancellationToken);
        return new ChannelPage(
            [.. names.Values.Order(StringComparer.Ordinal)],
            [.. channels.Select(row => new ChannelItem(row.Id, row.Name, row.Kind, row.Place, row.EnvironmentId is { } id ? names[id] : null, row.Least, row.Enabled, row.By, row.At))],
            [.. deliveries.Select(row => new DeliveryItem(
                row.Id, channels.Find(channel => channel.Id == row.ChannelId)?.Name ?? "", row.Subject, row.MadeAt, row.Attempts, row.DueAt, row.DeliveredAt, row.GivenUpAt, row.Fault))],
            options.Value.Smtp.Host is { Length: > 0 });
    }

    /// <summary>Adds or changes a channel. A webhook whose address is typed gets a new key, which is shown once.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change alerts; the refusal is in the audit log.</exception>
    public async Task<ChannelSaved> SaveAsync(ChannelDraft draft, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeAlerts, cancellationToken);
        if ((rules.FaultOf(draft) ?? await passwords.CheckAsync(caller, password)) is { } fault)
        {
            return new ChannelSaved(fault);
        }

        var key = draft is { Kind: AlertChannelKind.Webhook, Address.Length: > 0 } ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) : null;
        return await WriteAsync(context => SaveAsync(context, caller, draft, key, cancellationToken), "The channel, or its environment, is gone by now.", cancellationToken) is { } words
            ? new ChannelSaved(words)
            : new ChannelSaved(null, key);
    }

    /// <summary>Removes a channel with its messages. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change alerts; the refusal is in the audit log.</exception>
    public async Task<string?> RemoveAsync(Guid id, string password, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeAlerts, cancellationToken);
        return await passwords.CheckAsync(caller, password) ?? await WriteAsync(
            async context =>
            {
                if (await context.AlertChannels.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } channel)
                {
                    return null;
                }

                context.AlertChannels.Remove(channel);
                await context.SaveChangesAsync(cancellationToken);
                return Entry("alert.channel.remove", caller, channel);
            },
            "This channel is gone by now.",
            cancellationToken);
    }

    /// <summary>Puts a message to one channel that says that it is a try. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change alerts; the refusal is in the audit log.</exception>
    public async Task<string?> TryAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ChangeAlerts, cancellationToken);
        return await WriteAsync(
            async context =>
            {
                if (await context.AlertChannels.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } channel)
                {
                    return null;
                }

                var now = clock.GetUtcNow();
                context.AlertDeliveries.Add(AlertTelling.Delivery(channel, new AlertMessage(Guid.CreateVersion7(now), "none", $"A try by {caller.Name}: nothing is wrong", now, [], 0, null), now));
                await context.SaveChangesAsync(cancellationToken);
                return Entry("alert.channel.try", caller, channel);
            },
            "This channel is gone by now.",
            cancellationToken);
    }

    /// <summary>Has a message tried again that was given up, or at once one that waits. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not handle alerts; the refusal is in the audit log.</exception>
    public async Task<string?> AgainAsync(Guid delivery, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.HandleAlerts, cancellationToken);
        return await WriteAsync(
            async context =>
            {
                if (await context.AlertDeliveries.SingleOrDefaultAsync(row => row.Id == delivery && row.DeliveredAt == null, cancellationToken) is not { } row)
                {
                    return null;
                }

                var channel = await context.AlertChannels.SingleAsync(one => one.Id == row.ChannelId, cancellationToken);
                (row.Attempts, row.GivenUpAt, row.DueAt) = (0, null, clock.GetUtcNow());
                await context.SaveChangesAsync(cancellationToken);
                return Entry("alert.message.again", caller, channel, ("message", row.Id.ToString()));
            },
            "This message was taken by now, or is gone.",
            cancellationToken);
    }

    private static AuditEvent Entry(string action, Caller caller, AlertChannelRow channel, params ReadOnlySpan<(string Name, string Value)> details) => new(
        action, AuditPhase.Event, caller, null, $"{channel.Name} ({channel.Place})", "done", Details: details.ToArray().ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    private async Task<AuditEvent?> SaveAsync(AdminDbContext context, Caller caller, ChannelDraft draft, string? key, CancellationToken cancellationToken)
    {
        var environment = draft.Environment is { } name ? await context.Environments.SingleOrDefaultAsync(row => row.Name == name, cancellationToken) : null;
        var channel = draft.Id is { } id
            ? await context.AlertChannels.SingleOrDefaultAsync(row => row.Id == id && row.Kind == draft.Kind, cancellationToken)
            : context.AlertChannels.Add(new AlertChannelRow { Id = Guid.CreateVersion7(clock.GetUtcNow()), Kind = draft.Kind, Name = "", Place = "", By = "" }).Entity;
        if (channel is null || (draft.Environment is not null && environment is null))
        {
            return null;
        }

        (channel.Name, channel.EnvironmentId, channel.Least, channel.Enabled, channel.By, channel.At) =
            (draft.Name.Trim(), environment?.Id, draft.Least, draft.Enabled, caller.Name, clock.GetUtcNow());
        if (draft.Kind == AlertChannelKind.Email)
        {
            channel.Place = InternetAddressList.Parse(draft.Address).ToString();
        }
        else if (key is not null)
        {
            channel.Place = ChannelRules.PlaceOf(draft.Address);
            channel.ProtectedAddress = secrets.Close(draft.Address.Trim());
            channel.ProtectedKey = secrets.Close(key);
        }

        await context.SaveChangesAsync(cancellationToken);
        return Entry(draft.Id is null ? "alert.channel.add" : "alert.channel.change", caller, channel, ("level", channel.Least.ToString()), ("for", environment?.Name ?? "all environments"), ("used", channel.Enabled ? "yes" : "no"));
    }

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
