using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Accounts;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Features.Environments;

/// <summary>The hosts and ports that the dashboard may ask. Whoever changes the list types the password again. Scoped.</summary>
public sealed class AllowedHostsService
{
    private const int Most = 200;
    private const int LongestHost = 300;

    private readonly IAccess _access;
    private readonly AllowedHosts _hosts;
    private readonly PasswordAgain _passwords;
    private readonly IDbContextFactory<AdminDbContext> _contexts;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal AllowedHostsService(IAccess access, AllowedHosts hosts, PasswordAgain passwords, IDbContextFactory<AdminDbContext> contexts, AuditLog audit, TimeProvider clock) =>
        (_access, _hosts, _passwords, _contexts, _audit, _clock) = (access, hosts, passwords, contexts, audit, clock);

    /// <summary>All of them, those of the configuration first.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not see settings.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<AllowedHost>> ListAsync(CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.ReadSettings, cancellationToken);
        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.AllowedHosts.AsNoTracking().OrderBy(row => row.Host).ToListAsync(cancellationToken);
        return
        [
            .. _hosts.Configured.Order(StringComparer.Ordinal).Select(host => new AllowedHost(host, null, null)),
            .. rows.Where(row => !_hosts.Configured.Contains(row.Host)).Select(row => new AllowedHost(row.Host, row.By, row.At)),
        ];
    }

    /// <summary>Allows one. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was changed.</exception>
    public async Task<string?> AllowAsync(string host, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (Read(host, out var wanted) is { } fault)
        {
            return fault;
        }

        var known = await ListAsync(cancellationToken);
        if (known.Any(one => string.Equals(one.Host, wanted, StringComparison.OrdinalIgnoreCase)))
        {
            return $"{wanted} is on the list already.";
        }

        return known.Count >= Most ? $"The list has {Most} hosts. Take one off first."
            : await ChangeAsync(
                caller,
                "host.allow",
                wanted,
                password,
                context => context.AllowedHosts.Add(new AllowedHostRow { Host = wanted, By = caller.Name, At = _clock.GetUtcNow() }),
                cancellationToken);
    }

    /// <summary>Takes one off the list. Null when done, else why not, in words.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change settings; the refusal is in the audit log.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer: nothing was changed.</exception>
    public async Task<string?> ForbidAsync(string host, string password, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.ChangeSettings, cancellationToken);
        if (_hosts.Configured.Contains(host))
        {
            return $"{host} is allowed by the configuration ({ReachSettings.Key}), which is changed there.";
        }

        return (await ListAsync(cancellationToken)).All(one => one.Host != host)
            ? $"{host} is not on the list any more."
            : await ChangeAsync(caller, "host.forbid", host, password, context => context.AllowedHosts.Remove(new AllowedHostRow { Host = host, By = "" }), cancellationToken);
    }

    private static string? Read(string text, out string host)
    {
        host = "";
        if (text.Length > LongestHost || AllowList.Read(text, out var faults) is not { Count: 1 } listed || faults.Count > 0)
        {
            return "Write one host and its port: db.internal:5432, or [fd00::1]:5432.";
        }

        host = listed.Single();
        var colon = host.LastIndexOf(':');
        var one = new DatabaseHost(host[..colon].Trim('[', ']'), int.Parse(host.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture));
        return new ReachPolicy { Listed = listed }.Refusal(one);
    }

    private async Task<string?> ChangeAsync(Caller caller, string action, string host, string password, Action<AdminDbContext> change, CancellationToken cancellationToken)
    {
        if (await _passwords.CheckAsync(caller, password) is { } wrong)
        {
            await _audit.WriteAsync(new AuditEvent(action, AuditPhase.Event, caller, null, host, "refused"), cancellationToken);
            return wrong;
        }

        await using var context = await _contexts.CreateDbContextAsync(cancellationToken);
        await _audit.WithAsync(
            context,
            async () =>
            {
                change(context);
                await context.SaveChangesAsync(cancellationToken);
                return new AuditEvent(action, AuditPhase.Event, caller, null, host, "done");
            },
            cancellationToken);
        await _hosts.ReadAsync(cancellationToken);
        return null;
    }
}
