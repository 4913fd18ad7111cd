using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Live.Sampling;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>
/// Carries out queued runs on the instance that leads, whoever looks on. What was under way in a process that is gone is found out
/// first; nothing is ever run twice. Of runs that touch the same table one waits for the other.
/// </summary>
internal sealed class MaintenanceRunner(
    MaintenanceRuns runs,
    RunExecution execution,
    RunReconciliation reconciliation,
    ILeadership leadership,
    StoreState store,
    IOptions<MaintenanceOptions> options,
    ILogger<MaintenanceRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, RunUnderway> _underway = new();
    private readonly Nudge _nudge = new();

    /// <summary>Names this process: what it began it may end.</summary>
    public Guid Claim { get; } = Guid.NewGuid();

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
        leadership.Changed += _nudge.Give;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await store.WhenReadyAsync(stoppingToken);
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception fault) when (StoreFaults.IsOne(fault) && !stoppingToken.IsCancellationRequested)
                {
                    MaintenanceLog.StoreAway(logger, fault.GetType().Name);
                }

                await _nudge.WaitAsync(Pulse, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: runs under way are stopped on the server, and end below.
        }
        finally
        {
            runs.Changed -= _nudge.Give;
            leadership.Changed -= _nudge.Give;
            await Task.WhenAll(_underway.Values.Select(run => run.Ended));
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        // Those that began here are stopped from here, also when another instance leads by now.
        foreach (var asked in await runs.AskedToStopAsync([.. _underway.Keys], stoppingToken))
        {
            await (_underway.GetValueOrDefault(asked)?.StopAsync() ?? Task.CompletedTask);
        }

        if (!leadership.Standing.Leads)
        {
            return;
        }

        foreach (var left in await runs.TakeOverAsync(Claim, stoppingToken))
        {
            Begin(left, (run, stop) => reconciliation.RunAsync(run, Claim, stop, stoppingToken), stoppingToken);
        }

        await BeginQueuedAsync(stoppingToken);
    }

    private async Task BeginQueuedAsync(CancellationToken stoppingToken)
    {
        var running = await runs.OfAsync(MaintenanceRunState.Running, stoppingToken);
        foreach (var lost in running.Where(run => run.Claim == Claim && !_underway.ContainsKey(run.Id)))
        {
            await runs.LetGoAsync(lost.Id, Claim, null, stoppingToken);
        }

        var busy = running.Concat(await runs.OfAsync(MaintenanceRunState.Reconciling, stoppingToken))
            .Where(run => !_underway.ContainsKey(run.Id))
            .Concat(_underway.Values.Select(one => one.Run))
            .ToList();
        foreach (var run in await runs.OfAsync(MaintenanceRunState.Queued, stoppingToken))
        {
            if (_underway.ContainsKey(run.Id))
            {
                continue;
            }

            if (Obstacle(run, busy) is { } obstacle)
            {
                await runs.WaitAsync(run.Id, obstacle, stoppingToken);

                // What comes later and touches the same does not overtake it.
                busy.Add(run);
                continue;
            }

            busy.Add(run);
            Begin(run, (one, stop) => execution.RunAsync(one, Claim, stop, stoppingToken), stoppingToken);
        }
    }

    private string? Obstacle(MaintenanceRunRow run, List<MaintenanceRunRow> busy)
    {
        var here = busy.Where(one => one.EnvironmentId == run.EnvironmentId).ToList();
        var working = busy.Where(one => one.State != MaintenanceRunState.Queued || _underway.ContainsKey(one.Id)).ToList();
        return here.Find(one => one.Targets.Intersect(run.Targets, StringComparer.Ordinal).Any()) is { } other
            ? $"It waits for another run on {other.Targets.Intersect(run.Targets, StringComparer.Ordinal).First()}: {other.Title}."
            : working.Count(one => one.EnvironmentId == run.EnvironmentId) >= options.Value.PerEnvironment
                ? $"It waits for its turn: {options.Value.PerEnvironment} runs at once are allowed on an environment (Maintenance:PerEnvironment)."
                : working.Count >= options.Value.Total
                    ? $"It waits for its turn: {options.Value.Total} runs at once are allowed (Maintenance:Total)."
                    : null;
    }

    private void Begin(MaintenanceRunRow run, Func<MaintenanceRunRow, CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        var underway = new RunUnderway(run, stoppingToken);
        if (_underway.TryAdd(run.Id, underway))
        {
            underway.Start(work, fault => MaintenanceLog.Unexpected(logger, run.Id, fault), () =>
            {
                _underway.TryRemove(run.Id, out _);
                _nudge.Give();
            });
        }
    }
}
