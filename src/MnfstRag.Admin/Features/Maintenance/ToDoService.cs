using System.Runtime.CompilerServices;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Components;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>What needs doing: findings that maintenance mends. Scoped.</summary>
public sealed class ToDoService(IAccess access, FindingsService findings, EnvironmentWatches watches)
{
    /// <summary>Most remedies in one plan: more are read by nobody.</summary>
    public const int MostAtOnce = 30;

    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("repair-leftover", "Clear up leftovers"),
        ("vacuum", "Vacuum tables"),
        ("create-index", "Create indexes"),
        ("analyze", "Analyse tables"),
        ("reindex-index", "Rebuild indexes"),
        ("drop-index", "Drop indexes"),
        ("vacuum-full", "Rewrite tables"),
    ];

    /// <summary>What needs doing at once, and again whenever it changed. Dismissed findings are left out.</summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not plan maintenance, or may no longer.</exception>
    public async IAsyncEnumerable<ToDo> WatchAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        await foreach (var weighed in findings.WatchAsync(environment, cancellationToken))
        {
            if (watches.Find(environment)?.Feed.Latest is { } snapshot)
            {
                yield return Of(snapshot, weighed);
            }
        }
    }

    /// <summary>The operation that mends these findings: one, or a batch of several. Null, with the reason, when nothing of them is left.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    public async Task<(MaintenanceOperation? Operation, string? Fault)> MendAsync(string environment, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        if (watches.Find(environment)?.Feed.Latest is not { } snapshot || (snapshot.Slow.Of(IndexReader.Instance) is null && snapshot.Slow.Of(TableReader.Instance) is null))
        {
            return (null, $"The indexes and tables of {environment} have not been read yet: they come a few ticks after the start. Try again in a moment.");
        }

        var operations = snapshot.Findings.Where(finding => keys.Contains(finding.Key, StringComparer.Ordinal)).Select(finding => RemedyOperations.Of(finding, snapshot)).OfType<MaintenanceOperation>().Take(MostAtOnce).ToList();
        return operations switch
        {
            [] => (null, $"What is to be mended was not there when {environment} was last read, {Words.Duration(AgeOf(snapshot))} ago: it has been mended, or its reading is older than it."),
            [var one] => (one, null),
            _ => (new MaintenanceBatch($"{Words.Plural(operations.Count, "remedy", "remedies")}: {operations[0].Title} and {(operations.Count == 2 ? operations[1].Title : Words.Plural(operations.Count - 1, "other"))}", [.. operations]) { FailuresAllowed = operations.Count }, null),
        };
    }

    /// <summary>One run that analyses every stale table. Null, with the reason, when there is none.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not plan maintenance.</exception>
    public async Task<(MaintenanceOperation? Operation, string? Fault)> AnalyseStaleAsync(string environment, CancellationToken cancellationToken = default)
    {
        await access.RequireAsync(Permissions.PlanMaintenance, cancellationToken);
        return watches.Find(environment)?.Feed.Latest?.Slow.Of(TableReader.Instance) is not { } held ? (null, $"The tables of {environment} have not been read yet: they come a few ticks after the start. Try again in a moment.")
            : StaleTables.Batch(held.Value) is { } batch ? (batch, null)
            : (null, "No table has old statistics.");
    }

    /// <summary>How old the older of the readings of indexes and tables is.</summary>
    private static TimeSpan? AgeOf(EnvironmentSnapshot snapshot) =>
        new[] { snapshot.Slow.Of(IndexReader.Instance)?.ReadAt, snapshot.Slow.Of(TableReader.Instance)?.ReadAt }.Min() is { } taken ? snapshot.PublishedAt - taken : null;

    private static ToDo Of(EnvironmentSnapshot snapshot, IReadOnlyList<WeighedFinding> weighed)
    {
        var remedies = weighed
            .Where(one => one.Dismissal is null)
            .Select(one => RemedyOperations.Of(one.Finding, snapshot) is { } operation ? new Remedy(one.Finding, operation) : null)
            .OfType<Remedy>()
            .ToLookup(remedy => remedy.Operation.Kind, StringComparer.Ordinal);
        var tables = snapshot.Slow.Of(TableReader.Instance)?.Value;
        return new ToDo(
            [.. Kinds.Where(kind => remedies.Contains(kind.Kind)).Select(kind => new ToDoGroup(kind.Kind, kind.Title, [.. remedies[kind.Kind]]))],
            tables is null ? 0 : StaleTables.Of(tables).Count,
            tables is not null && snapshot.Slow.Of(IndexReader.Instance) is not null);
    }
}
