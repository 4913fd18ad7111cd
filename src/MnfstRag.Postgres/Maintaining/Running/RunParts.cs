using System.Collections.Concurrent;
using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Works through a run's steps: those of one operation in order on one session; the operations of a batch side by side, those of one table after each
/// other. Ends early by the batch's stopping rules.
/// </summary>
internal sealed class RunParts(DatabaseUrl url, MaintenanceRun run, RunClock clock, MaintenanceLink head)
{
    private readonly ConcurrentQueue<StepEnd> _ends = new();
    private readonly MaintenanceBatch? _batch = run.Plan.Operation as MaintenanceBatch;
    private int _failures;
    private string? _stopped;

    public async Task<MaintenanceOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<IReadOnlyList<IGrouping<int, MaintenanceStep>>>(Chains());
        var workers = Math.Clamp(Math.Min(_batch?.Concurrency ?? 1, queue.Count), 1, 8);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => WorkAsync(worker, queue, cancellationToken)));
        return RunWords.Outcome(run, [.. _ends], _stopped, cancellationToken.IsCancellationRequested);
    }

    /// <summary>Operations that share a table form a chain, in the batch's order; chains are independent of each other.</summary>
    private List<IReadOnlyList<IGrouping<int, MaintenanceStep>>> Chains()
    {
        var parts = run.Plan.Steps.Where(step => !run.Done.Contains(step.Number)).GroupBy(step => step.Part).ToList();
        var chains = new List<(HashSet<uint> Tables, List<IGrouping<int, MaintenanceStep>> Parts)>();
        foreach (var part in parts)
        {
            var tables = part.Select(step => step.Table ?? 0).ToHashSet();
            var meeting = chains.Where(chain => chain.Tables.Overlaps(tables)).ToList();
            var merged = (Tables: tables, Parts: meeting.SelectMany(chain => chain.Parts).Append(part).OrderBy(one => one.Key).ToList());
            foreach (var chain in meeting)
            {
                merged.Tables.UnionWith(chain.Tables);
                chains.Remove(chain);
            }

            chains.Add(merged);
        }

        return [.. chains.OrderBy(chain => chain.Parts[0].Key).Select(chain => chain.Parts)];
    }

    private async Task WorkAsync(int worker, ConcurrentQueue<IReadOnlyList<IGrouping<int, MaintenanceStep>>> queue, CancellationToken cancellationToken)
    {
        var link = head;
        try
        {
            while (queue.TryDequeue(out var chain))
            {
                foreach (var part in chain)
                {
                    if (Stopped(cancellationToken))
                    {
                        return;
                    }

                    link = await UsableAsync(worker, link, cancellationToken) ?? throw new TimeoutException("No session could be had.");
                    await PartAsync(link, part, cancellationToken);
                }
            }
        }
        catch (JournalException)
        {
            _stopped = "The run's journal could not be written, so nothing more was sent: after a crash nobody would know of it.";
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            _stopped ??= cancellationToken.IsCancellationRequested ? null : $"The run stopped. {ConnectionFault.From(fault, url).Words}";
        }
        finally
        {
            if (!ReferenceEquals(link, head))
            {
                await link.DisposeAsync();
            }
        }
    }

    /// <summary>The worker's session; a new one for every worker but the first, and after one was lost.</summary>
    private async Task<MaintenanceLink?> UsableAsync(int worker, MaintenanceLink link, CancellationToken cancellationToken)
    {
        var broken = !link.IsOpen;
        if (!broken && (worker == 0 || !ReferenceEquals(link, head)))
        {
            return link;
        }

        if (broken && !ReferenceEquals(link, head))
        {
            await link.DisposeAsync();
        }

        return (await MaintenanceLink.OpenAsync(url, MaintenanceLink.ApplicationName(run.Id), clock.Options, cancellationToken)).Link;
    }

    private async Task PartAsync(MaintenanceLink link, IGrouping<int, MaintenanceStep> part, CancellationToken cancellationToken)
    {
        var held = new List<int>();
        try
        {
            foreach (var table in part.Select(step => step.Table ?? 0).Distinct().Order())
            {
                if (await TableLocks.TakeAsync(link.Connection, TableLocks.Tables, unchecked((int)table), table == 0 ? "The server's settings are being changed" : "The table is being worked on", cancellationToken) is { } taken)
                {
                    var first = part.First();
                    await EndAsync(new StepEnd(run.Id, first.Number, MaintenanceResult.Refused, taken, TimeSpan.Zero, 0));
                    return;
                }

                held.Add(unchecked((int)table));
            }

            var runner = new StepRunner(link, clock, url);
            foreach (var step in part)
            {
                var end = await runner.RunAsync(step, cancellationToken);
                await EndAsync(end);
                if (end.Outcome != MaintenanceResult.Done)
                {
                    return;
                }
            }
        }
        finally
        {
            await ReleaseAsync(link, held);
        }
    }

    private async Task EndAsync(StepEnd end)
    {
        _ends.Enqueue(end);
        clock.StepDone();
        if (end.Outcome is not (MaintenanceResult.Done or MaintenanceResult.Cancelled))
        {
            Interlocked.Increment(ref _failures);
        }

        await JournalException.GuardAsync(() => clock.Journal.EndedAsync(end, CancellationToken.None));
    }

    private bool Stopped(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || _stopped is not null)
        {
            return true;
        }

        if (Volatile.Read(ref _failures) > (_batch?.FailuresAllowed ?? 0))
        {
            _stopped = _batch is null ? null : "More operations failed than the batch allows; no further one was begun.";
            return true;
        }

        if (_batch?.TimeLimit is { } limit && clock.Elapsed >= limit)
        {
            _stopped = "The batch's time is over; no further operation was begun.";
            return true;
        }

        return false;
    }

    private static async Task ReleaseAsync(MaintenanceLink link, List<int> held)
    {
        if (!link.IsOpen)
        {
            return;
        }

        try
        {
            foreach (var key in held)
            {
                await TableLocks.ReleaseAsync(link.Connection, TableLocks.Tables, key, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
        {
            // The session is gone, and its locks with it.
        }
    }
}
