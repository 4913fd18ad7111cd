using MnfstRag.Postgres.Connecting;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Runs plans. Each command is sent alone on a direct session of its own, outside any transaction; one run has a table, and a session, to itself. Faults
/// of the server, of the network and of people are results; so is being called off.
/// </summary>
/// <param name="url">The maintain credential's address.</param>
/// <param name="options">Time limits and tries.</param>
/// <param name="time">The clock.</param>
public sealed class MaintenanceExecutor(DatabaseUrl url, RunOptions options, TimeProvider time)
{
    /// <summary>Runs a plan to its end.</summary>
    /// <param name="run">The run: its id must be new.</param>
    /// <param name="journal">Where it is written down. If it throws, nothing more is sent, and the outcome says so.</param>
    /// <param name="progress">Is told how far it is; may be null.</param>
    /// <param name="cancellationToken">Calls it off at any moment: the command is cancelled on the server, and the outcome tells what is left.</param>
    public async Task<MaintenanceOutcome> RunAsync(MaintenanceRun run, IMaintenanceJournal journal, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(journal);
        var began = time.GetTimestamp();
        var outcome = await GuardedAsync(run, journal, progress, cancellationToken);
        return outcome with { Duration = time.GetElapsedTime(began) };
    }

    private async Task<MaintenanceOutcome> GuardedAsync(MaintenanceRun run, IMaintenanceJournal journal, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        if (run.Plan.Verdict == MaintenanceVerdict.No || run.Plan.Steps.IsDefaultOrEmpty || run.Plan.Server is null)
        {
            return Refused(run, $"The plan says no. {run.Plan.Reasons.FirstOrDefault()?.Words}".TrimEnd());
        }

        MaintenanceLink? head;
        try
        {
            (head, var pooler) = await MaintenanceLink.OpenAsync(url, MaintenanceLink.ApplicationName(run.Id), options, cancellationToken);
            if (head is null)
            {
                return Refused(run, pooler!);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new MaintenanceOutcome(run.Id, MaintenanceResult.Cancelled, "Called off before anything was sent.", []);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
        {
            return Refused(run, $"Nothing was sent. {ConnectionFault.From(fault, url).Words}");
        }

        await using (head)
        {
            try
            {
                if (await UnfitAsync(head, run, cancellationToken) is { } unfit)
                {
                    return Refused(run, unfit);
                }
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                return cancellationToken.IsCancellationRequested
                    ? new MaintenanceOutcome(run.Id, MaintenanceResult.Cancelled, "Called off before anything was sent.", [])
                    : Refused(run, $"Nothing was sent. {ConnectionFault.From(fault, url).Words}");
            }

            await using var side = new SideLink(url, head.Ground.Major);
            var clock = new RunClock(run, options, time, journal, progress, side);
            return await new RunParts(url, run, clock, head).RunAsync(cancellationToken);
        }
    }

    /// <summary>Why the run does not fit the server that was reached, or must not be begun there; null when it may.</summary>
    private static async Task<string?> UnfitAsync(MaintenanceLink head, MaintenanceRun run, CancellationToken cancellationToken)
    {
        var planned = run.Plan.Server!;
        if (planned.SystemIdentifier is { } was && head.Ground.SystemIdentifier is { } now && was != now)
        {
            return "The address leads to another server than when the plan was made. Nothing was sent; make a new plan.";
        }

        if (planned.Database != head.Ground.Database)
        {
            return "The address leads to another database than when the plan was made. Nothing was sent; make a new plan.";
        }

        if (planned.Major != head.Ground.Major)
        {
            return $"The plan was made for PostgreSQL {planned.Major}, and the server is {head.Ground.Major} by now. Nothing was sent; make a new plan.";
        }

        return await TableLocks.TakeAsync(head.Connection, TableLocks.Runs, TableLocks.KeyOf(run.Id), "This run is being worked on", cancellationToken);
    }

    private static MaintenanceOutcome Refused(MaintenanceRun run, string words) => new(run.Id, MaintenanceResult.Refused, words, []);
}
