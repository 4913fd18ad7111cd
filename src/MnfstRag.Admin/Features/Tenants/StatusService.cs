using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Access.Tenants;
using MnfstRag.Admin.Data.Tenants;

namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Sets the status of documents, and looks whether the product took them up. Scoped.</summary>
public sealed class StatusService
{
    /// <summary>Most documents of one change.</summary>
    public const int Most = 10_000;

    private const int ShortestReason = 5;
    private const int LongestReason = 500;

    private readonly ITenantAccess _tenants;
    private readonly TenantDatabases _databases;
    private readonly StatusRuns _runs;
    private readonly IAuditLog _audit;
    private readonly TimeProvider _clock;

    internal StatusService(ITenantAccess tenants, TenantDatabases databases, StatusRuns runs, IAuditLog audit, TimeProvider clock) =>
        (_tenants, _databases, _runs, _audit, _clock) = (tenants, databases, runs, audit, clock);

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

        if (_runs.IsRunning(scope.EnvironmentId, scope.OneTenant))
        {
            return (null, "Another change of this tenant's documents is under way. Wait until it is done.");
        }

        if (await _databases.WriteRefusalAsync(scope.EnvironmentId, cancellationToken) is { } refusal)
        {
            return (null, refusal);
        }

        var documents = change.Documents is { } named ? [.. named.Distinct().Take(Most)] : await AllAsync(scope, change, cancellationToken);
        return documents.Count == 0
            ? (null, "No document matches any more; nothing was changed.")
            : (await StartAsync(scope, change with { Reason = reason }, documents, cancellationToken), null);
    }

    /// <summary>Goes on where one stopped.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<(StatusRun? Run, string? Fault)> ResumeAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        return _runs.Find(scope.EnvironmentId, scope.OneTenant, run) is not { State: StatusRunState.Stopped } stopped || _runs.Rest(run) is not { Count: > 0 } rest || _runs.IsRunning(scope.EnvironmentId, scope.OneTenant) ? (null, "There is nothing left to go on with.")
            : await _databases.WriteRefusalAsync(scope.EnvironmentId, cancellationToken) is { } refusal ? (null, refusal)
            : (await StartAsync(scope, stopped.Change, rest, cancellationToken), null);
    }

    /// <summary>Stops one after the transaction that is under way.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task StopAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (_runs.Find(scope.EnvironmentId, scope.OneTenant, run) is not null)
        {
            _runs.Cancel(run);
        }
    }

    /// <summary>The newest change of the tenant since the dashboard began; null without one.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<StatusRun?> LatestAsync(string? environment, Guid tenant, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        return _runs.Latest(scope.EnvironmentId, scope.OneTenant);
    }

    /// <summary>Whether the product took up what was changed; null before anything was.</summary>
    /// <inheritdoc cref="BeginAsync" path="/exception"/>
    public async Task<StatusFollowUp?> FollowAsync(string? environment, Guid tenant, Guid run, CancellationToken cancellationToken = default)
    {
        var scope = await _tenants.RequireAsync(Permissions.ChangeTenants, environment, tenant, cancellationToken);
        if (_runs.Find(scope.EnvironmentId, scope.OneTenant, run) is not { Changed.Count: > 0, ChangedAt: { } at } done)
        {
            return null;
        }

        var ids = done.Changed.ToList();
        var states = await _databases.ReadAsync(
            scope.EnvironmentId,
            scope.OneTenant,
            (context, token) => context.Documents.Where(one => ids.Contains(one.Id)).GroupBy(one => one.Status).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(token),
            cancellationToken);
        var waiting = states.Where(one => one.Key == done.Change.Wanted).Sum(one => one.Count);
        var moved = states.Where(one => one.Key != done.Change.Wanted).Sum(one => one.Count);
        var failed = done.Change.Wanted == DocumentStates.Error ? 0 : states.Where(one => one.Key == DocumentStates.Error).Sum(one => one.Count);
        return new StatusFollowUp(moved, waiting, failed, _clock.GetUtcNow() - at);
    }

    private async Task<StatusRun> StartAsync(TenantScope scope, StatusChange change, IReadOnlyList<Guid> documents, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["from"] = change.Expected ?? "any",
            ["to"] = change.Wanted,
            ["reason"] = change.Reason,
            ["which"] = change.Documents is null ? $"filter {string.Join(' ', change.Filter.ToQuery().Where(one => one.Value is not null).Select(one => $"{one.Key}={one.Value}"))}".TrimEnd() : string.Join(' ', documents.Take(50)),
        };
        var intent = new AuditEvent("documents.status", AuditPhase.Intent, scope.Caller, scope.Environment, FormattableString.Invariant($"{documents.Count} documents of tenant {scope.OneTenant}"), Details: details);
        var correlation = await _audit.WriteAsync(intent, cancellationToken);
        return _runs.Begin(scope, intent, correlation, change, documents);
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
