using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Sets the status of documents, and looks whether the product took them up. Scoped.</summary>
public sealed class StatusService
{
    /// <summary>Most documents of one change.</summary>
    public const int Most = 10_000;

    private const int ShortestReason = 5;
    private const int LongestReason = 500;
    private const string UnderWay = "Another change of this tenant's documents is under way. Wait until it is done.";
    private const string NothingLeft = "There is nothing left to go on with.";

    private readonly ITenantAccess _tenants;
    private readonly TenantDatabases _databases;
    private readonly StatusRecords _records;
    private readonly StatusExecution _execution;
    private readonly StatusAudit _audit;
    private readonly TimeProvider _clock;

    internal StatusService(ITenantAccess tenants, TenantDatabases databases, StatusRecords records, StatusExecution execution, StatusAudit audit, TimeProvider clock) =>
        (_tenants, _databases, _records, _execution, _audit, _clock) = (tenants, databases, records, execution, audit, clock);

    /// <summary>Begins a change. What is wrong with it is told in words; without its audit row nothing is changed.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not change tenants.</exception>
    /// <exception cref="TenantNotFoundException">The tenant is not theirs, or not there.</exception>
    /// <exception cref="TenantUnavailableException">The server cannot be asked.</exception>
    public async Task<(StatusRun? Run, string? Fault)> BeginAsync(string? environment, Guid tenant, StatusChange change, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        var reason = change.Reason.Trim();
        if (!DocumentStates.All.Contains(change.Wanted) || (change.Expected is { } expected && !DocumentStates.All.Contains(expected)))
        {
            return (null, "There is no such status.");
        }

        if (reason.Length is < ShortestReason or > LongestReason)
        {
            return (null, $"State why, in {ShortestReason} to {LongestReason} characters: it is written to the audit log.");
        }

        if (await _records.LatestAsync(scope.EnvironmentId, scope.OneTenant, cancellationToken) is { State: StatusRunState.Running })
        {
            return (null, UnderWay);
        }

        if (await _databases.WriteRefusalAsync(scope.EnvironmentId, cancellationToken) is { } refusal)
        {
            return (null, refusal);
        }

        var documents = change.Documents is { } named ? [.. named.Distinct().Take(Most)] : await AllAsync(scope, change, cancellationToken);
        return documents.Count == 0
            ? (null, "No document matches any more; nothing was changed.")
            : await StartAsync(
                scope,
                documents,
                change with { Reason = reason },
                change.Documents is null ? $"filter {string.Join(' ', change.Filter.ToQuery().Where(one => one.Value is not null).Select(one => $"{one.Key}={one.Value}"))}".TrimEnd() : string.Join(' ', documents.Take(50)),
                cancellationToken);
    }

    /// <summary>Goes on where one stopped.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<(StatusRun? Run, string? Fault)> ResumeAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (await _records.FindAsync(scope.EnvironmentId, scope.OneTenant, run, cancellationToken) is not { State: StatusRunState.Stopped })
        {
            return (null, NothingLeft);
        }

        if (await _databases.WriteRefusalAsync(scope.EnvironmentId, cancellationToken) is { } refusal)
        {
            return (null, refusal);
        }

        if (!await _execution.FindOutAsync((await _records.WholeAsync(run, cancellationToken))!, cancellationToken))
        {
            return (null, "The server has not ended the last step yet. Try again in a moment.");
        }

        var stopped = (await _records.WholeAsync(run, cancellationToken))!;
        IReadOnlyList<Guid> rest = [.. stopped.Documents.Skip(stopped.Done)];
        if (rest.Count == 0)
        {
            return (null, NothingLeft);
        }

        var change = new StatusChange(rest, new DocumentFilter(), stopped.Expected, stopped.Wanted, stopped.Reason);
        var (begun, fault) = await StartAsync(scope, rest, change, $"the rest of {stopped.Id}", cancellationToken);
        if (begun is not null)
        {
            await _records.LeaveAsync(run, cancellationToken);
        }

        return (begun, fault);
    }

    /// <summary>Stops one after the transaction that is under way.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task StopAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (await _records.FindAsync(scope.EnvironmentId, scope.OneTenant, run, cancellationToken) is not null)
        {
            await _records.CancelAsync(run, cancellationToken);
        }
    }

    /// <summary>Leaves one that stopped at that: it is shown no more.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task LeaveAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (await _records.FindAsync(scope.EnvironmentId, scope.OneTenant, run, cancellationToken) is not null)
        {
            await _records.LeaveAsync(run, cancellationToken);
        }
    }

    /// <summary>The newest change of the tenant; null without one.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<StatusRun?> LatestAsync(string? environment, Guid tenant, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        return await _records.LatestAsync(scope.EnvironmentId, scope.OneTenant, cancellationToken);
    }

    /// <summary>Whether the product took up what was changed; null before anything was.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<StatusFollowUp?> FollowAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (await _records.FindAsync(scope.EnvironmentId, scope.OneTenant, run, cancellationToken) is not { Changed: > 0, ChangedAt: { } at } done)
        {
            return null;
        }

        var ids = (await _records.WholeAsync(run, cancellationToken))?.Changed ?? [];
        var states = await _databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            (context, token) => context.Documents.Where(one => ids.Contains(one.Id)).GroupBy(one => one.Status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(token),
            cancellationToken);
        var waiting = states.Where(one => one.Key == done.Wanted).Sum(one => one.Count);
        var moved = states.Where(one => one.Key != done.Wanted).Sum(one => one.Count);
        var failed = done.Wanted == DocumentStates.Error ? 0 : states.Where(one => one.Key == DocumentStates.Error).Sum(one => one.Count);
        return new StatusFollowUp(moved, waiting, failed, _clock.GetUtcNow() - at);
    }

    private async Task<(StatusRun? Run, string? Fault)> StartAsync(TenantScope scope, IReadOnlyList<Guid> documents, StatusChange change, string which, CancellationToken cancellationToken)
    {
        var row = new StatusRunRow
        {
            Id = Guid.CreateVersion7(_clock.GetUtcNow()),
            EnvironmentId = scope.EnvironmentId,
            TenantId = scope.OneTenant,
            Documents = [.. documents],
            Expected = change.Expected,
            Wanted = change.Wanted,
            Reason = change.Reason,
            Which = which,
            StartedById = scope.Caller.UserId,
            StartedBy = scope.Caller.Name,
            StartedByAddress = scope.Caller.Address,
            StartedAt = _clock.GetUtcNow(),
        };
        await _audit.IntentAsync(row, scope.Caller, scope.Environment, cancellationToken);
        if (!await _records.AddAsync(row, cancellationToken))
        {
            await _audit.RefusedAsync(row, scope.Caller, scope.Environment, "refused: another change is under way", cancellationToken);
            return (null, UnderWay);
        }

        return (new StatusRun(row.Id, row.TenantId, row.Wanted, row.Documents.Length, 0, 0, StatusRunState.Running, null, null), null);
    }

    private Task<List<Guid>> AllAsync(TenantScope scope, StatusChange change, CancellationToken cancellationToken) => _databases.ReadAsync(
        scope.EnvironmentId,
        scope.OneTenant,
        async (context, token) =>
        {
            var filter = (change.Expected is { } expected ? change.Filter with { Status = expected } : change.Filter).ToFence();
            var all = new List<Guid>();
            PageCursor? cursor = new(null, null);
            while (all.Count < Most)
            {
                var page = await context.PageAsync("page_documents", cursor.In(filter), 1000, token);
                all.AddRange(page);
                if (page.Count < 1000)
                {
                    break;
                }

                var last = page[^1];
                cursor = new PageCursor(await context.Documents.Where(one => one.Id == last).Select(one => one.CreatedAt).SingleAsync(token), last);
            }

            return all.Take(Most).ToList();
        },
        cancellationToken);
}
