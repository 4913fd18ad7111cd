using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>
/// What runs now, for every viewer of this instance: read from the own store, so that runs of another instance are seen too, with the
/// progress of those that run here as soon as it is known. Singleton; checks no permission.
/// </summary>
public sealed class MaintenanceBoard(IDbContextFactory<AdminDbContext> contexts, StoreState store, MaintenanceRuns runs, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Lively = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, MaintenanceProgress> _here = new();
    private readonly Nudge _nudge = new();

    /// <summary>What runs; null before the store was read.</summary>
    public LiveFeed<MaintenanceNow> Feed { get; } = new();

    /// <summary>How far a run of this process is.</summary>
    internal void Tell(MaintenanceProgress progress)
    {
        _here[progress.Run] = progress;
        if (Feed.Latest is { } latest && latest.Find(progress.Run) is { } known)
        {
            Feed.Publish(new MaintenanceNow(latest.Runs.Replace(known, known with { Progress = progress })));
        }
    }

    /// <summary>The run has ended here.</summary>
    internal void Forget(Guid run) => _here.TryRemove(run, out _);

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _nudge.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        runs.Changed += _nudge.Give;
        Feed.FirstViewer += _nudge.Give;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await store.WhenReadyAsync(stoppingToken);
                try
                {
                    await ReadAsync(stoppingToken);
                }
                catch (Exception fault) when (StoreFaults.IsOne(fault) && !stoppingToken.IsCancellationRequested)
                {
                    // The store is away: StoreService says so, and what was known last stays on the board.
                }

                var lively = Feed.Viewers > 0 || Feed.Latest?.Runs.Any(run => run.Run.State.IsOpen()) == true;
                await _nudge.WaitAsync(lively ? Lively : Calm, stoppingToken);
            }
        }
        finally
        {
            runs.Changed -= _nudge.Give;
            Feed.FirstViewer -= _nudge.Give;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Shown;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.MaintenanceRuns.AsNoTracking()
            .Where(run => MaintenanceRunStates.Open.Contains(run.State) || run.EndedAt > since)
            .Join(context.Environments, run => run.EnvironmentId, environment => environment.Id, (run, environment) => new { Run = run, environment.Name })
            .OrderByDescending(one => one.Run.Id)
            .Select(one => new
            {
                Summary = new RunSummary(
                    one.Run.Id, one.Name, one.Run.Title, one.Run.Targets, one.Run.IsDisruptive, one.Run.State, one.Run.Words, one.Run.RequestedBy, one.Run.RequestedAt,
                    one.Run.Reason, one.Run.ScheduleId, one.Run.ApprovedBy, one.Run.StartedAt, one.Run.EndedAt, one.Run.CancelAskedBy),
                one.Run.Progress,
            })
            .ToListAsync(cancellationToken);
        var now = new MaintenanceNow([.. rows.Select(row => new RunNow(
            row.Summary,
            !row.Summary.State.IsOpen() ? null : _here.TryGetValue(row.Summary.Id, out var here) ? here : MaintenanceText.Read<MaintenanceProgress>(row.Progress)))]);
        if (Feed.Latest is not { } before || !Same(before.Runs, now.Runs))
        {
            Feed.Publish(now);
        }
    }

    private static bool Same(ImmutableArray<RunNow> before, ImmutableArray<RunNow> now) =>
        before.Length == now.Length && before.Zip(now).All(pair =>
            Equals(pair.First.Progress, pair.Second.Progress)
            && pair.First.Run with { Targets = [] } == pair.Second.Run with { Targets = [] });
}
