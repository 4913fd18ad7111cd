using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>
/// Runs one step: compares its objects with the plan, writes down that it begins, sends it, tries again where a lock was in the way, clears up what
/// a failed try left, and holds the answer against the server's books.
/// </summary>
internal sealed class StepRunner(MaintenanceLink link, RunClock clock, DatabaseUrl url)
{
    private readonly StepSender _sender = new(link, clock);

    /// <summary>Runs it. Faults of the server and of people are results.</summary>
    /// <exception cref="JournalException">The journal failed; nothing more may be sent.</exception>
    public async Task<StepEnd> RunAsync(MaintenanceStep step, CancellationToken cancellationToken)
    {
        var began = clock.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var (end, again) = await TryAsync(step, attempt, began, cancellationToken);
            if (!again)
            {
                return end with { Duration = clock.Time.GetElapsedTime(began) };
            }

            var pause = Pause(attempt);
            clock.Tell(step, attempt, $"{step.Purpose}: a lock was in the way; the next try comes in {Plain.Duration(pause)}", retryIn: pause);
            try
            {
                await Task.Delay(pause, clock.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return end with { Outcome = MaintenanceResult.Cancelled, Words = $"Called off after {Plain.Count(attempt, "try", "tries")}, each stopped by a lock. Nothing is left behind.", Duration = clock.Time.GetElapsedTime(began) };
            }
        }
    }

    private async Task<(StepEnd End, bool Again)> TryAsync(MaintenanceStep step, int attempt, long began, CancellationToken cancellationToken)
    {
        StepEnd End(MaintenanceResult outcome, string words, string? sqlState = null) =>
            new(clock.Run, step.Number, outcome, words, clock.Time.GetElapsedTime(began), attempt) { Notices = link.Notices(), SqlState = sqlState };
        StepBooks before;
        try
        {
            before = await BaselineReader.ReadAsync(link.Connection, MaintenanceLink.Questions, link.Ground, step, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (End(MaintenanceResult.Cancelled, "Called off before anything was sent."), false);
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            return (End(MaintenanceResult.Failed, $"Nothing was sent. {ConnectionFault.From(fault, url).Words}"), false);
        }

        if (StepGate.Refusal(step, before) is { } refusal)
        {
            return (End(MaintenanceResult.Refused, refusal.Words) with { Repair = refusal.Repair }, false);
        }

        await JournalException.GuardAsync(() => clock.Journal.StartingAsync(new StepStart(clock.Run, step.Number, attempt, link.Pid, link.BackendStart, before.Baseline), CancellationToken.None));
        try
        {
            var answer = await _sender.SendAsync(step, attempt, step.Sql, cancellationToken);
            return (await ProveAsync(step, before.Baseline, answer, End), false);
        }
        catch (PostgresException refused) when (!ServerWords.EndsSession(refused))
        {
            return await RefusedAsync(step, before.Baseline, refused, attempt, End, cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            return (await LostAsync(step, attempt, before.Baseline, lost, End), false);
        }
    }

    private async Task<StepEnd> ProveAsync(MaintenanceStep step, StepBaseline before, object? answer, Func<MaintenanceResult, string, string?, StepEnd> end)
    {
        var notices = link.Notices();
        if (CommandNotices.Doubtful(notices) is { Count: > 0 } doubtful)
        {
            var after = await BaselineReader.ReadAsync(link.Connection, MaintenanceLink.Questions, link.Ground, step, CancellationToken.None);
            var words = $"The server answered with success, and warned: {doubtful[0].Text} ({doubtful[0].SqlState}). It is not counted as done.";
            var left = ProofJudge.Leftover(step, before, after.Baseline);
            return end(left is null ? MaintenanceResult.Failed : MaintenanceResult.LeftSomething, words, doubtful[0].SqlState) with
            {
                Notices = notices,
                Proof = new MaintenanceProof(left is null ? MaintenanceResult.Failed : MaintenanceResult.LeftSomething, words, before, after.Baseline),
                Repair = left is null ? null : ProofJudge.Repair(left),
            };
        }

        if (step.Kind == StepKind.Reload && answer is not true)
        {
            return end(MaintenanceResult.Failed, "The server could not signal its postmaster to reload.", null);
        }

        var proof = await ProofAsync(step, before);
        return end(proof.Result, proof.Words, null) with { Notices = notices, Proof = proof, Repair = proof.Repair };
    }

    /// <summary>Statistics may lag behind the command (by half a second on 14): what is not shown yet is asked again for a while.</summary>
    private async Task<MaintenanceProof> ProofAsync(MaintenanceStep step, StepBaseline before)
    {
        var began = clock.Time.GetTimestamp();
        while (true)
        {
            var after = await BaselineReader.ReadAsync(link.Connection, MaintenanceLink.Questions, link.Ground, step, CancellationToken.None);
            var proof = ProofJudge.Judge(step, before, after, answered: true);
            if (proof.Result == MaintenanceResult.Done || step.Kind is not (StepKind.Analyze or StepKind.Vacuum or StepKind.Reload or StepKind.ResetStatistics) || clock.Time.GetElapsedTime(began) >= clock.Options.ProofWait)
            {
                return proof;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Time);
        }
    }

    private async Task<(StepEnd End, bool Again)> RefusedAsync(
        MaintenanceStep step, StepBaseline before, PostgresException refused, int attempt, Func<MaintenanceResult, string, string?, StepEnd> end, CancellationToken cancellationToken)
    {
        var words = ServerWords.Of(refused);
        var cancelled = refused.SqlState == PostgresErrorCodes.QueryCanceled && cancellationToken.IsCancellationRequested;
        var holders = ServerWords.IsLock(refused) ? await HoldersAsync(step) : "";
        var cleaner = new LeftoverCleaner(link, clock);
        var (left, cleared) = cancelled
            ? (await cleaner.FindAsync(step, before), "")
            : await cleaner.ClearAsync(step, before, cancellationToken);
        if (left is not null)
        {
            var target = new MaintenanceTarget(left.Oid, left.Schema, left.Name, MaintenanceTargetKind.Index);
            var kind = IndexLeftover.Of(left.Name, left.IsValid, inProgress: false) ?? IndexLeftoverKind.Invalid;
            return (end(MaintenanceResult.LeftSomething, $"{(cancelled ? "Called off." : words)}{holders} {LeftoverWords.Of(kind, target)}", refused.SqlState) with { Repair = ProofJudge.Repair(left) }, false);
        }

        if (cancelled)
        {
            return (end(MaintenanceResult.Cancelled, "Called off. Nothing is left behind.", refused.SqlState), false);
        }

        // Whatever the cleaning found: a rebuild that was finished but for the old half's removal is done.
        var after = await cleaner.BooksAsync(step);
        if (after is not null && ProofJudge.Judge(step, before, after, answered: false) is { Result: MaintenanceResult.Done } proof && cleared.Length > 0)
        {
            return (end(MaintenanceResult.Done, $"{proof.Words} {cleared}", null) with { Proof = proof }, false);
        }

        var again = ServerWords.IsLock(refused) && attempt < clock.Options.Attempts && !cancellationToken.IsCancellationRequested;
        var tries = ServerWords.IsLock(refused) && !again ? $" {Plain.Count(attempt, "try was made", "tries were made")}." : "";
        return (end(MaintenanceResult.Failed, $"{words}{holders}{(cleared.Length > 0 ? $" {cleared}" : "")}{tries} Nothing is left behind.", refused.SqlState), again);
    }

    /// <summary>Who holds what the step wanted, as it is just after it gave up.</summary>
    private async Task<string> HoldersAsync(MaintenanceStep step)
    {
        if (step.Table is not { } table || step.LockMode is not { } mode)
        {
            return "";
        }

        try
        {
            var relations = step.Objects.Where(one => one.Kind is MaintenanceTargetKind.Index or MaintenanceTargetKind.PartitionedIndex).Select(one => one.Oid).Append(table).ToArray();
            var locks = await MeetingReader.LocksAsync(link.Connection, MaintenanceLink.Questions, relations, CancellationToken.None);
            var holder = locks.Find(held => held.Granted && (LockModes.Conflict(mode, held.Mode) || LockModes.Conflict("ShareLock", held.Mode)));
            return holder is null ? "" : FormattableString.Invariant($" {(holder.Session.Pid is { } pid ? $"Session {pid}" : "Prepared transaction")} ({holder.Session.Name}{(holder.Session.State is { } state ? $", {state}" : "")}) holds {holder.Session.Lock}{(holder.Session.Age is { } age ? $" since {Plain.Duration(age)}" : "")}.");
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException)
        {
            return "";
        }
    }

    /// <summary>The session is gone and the answer with it: only what the server shows can tell, as after a crash of our own.</summary>
    private async Task<StepEnd> LostAsync(MaintenanceStep step, int attempt, StepBaseline before, Exception lost, Func<MaintenanceResult, string, string?, StepEnd> end)
    {
        var words = lost is TimeoutException ? lost.Message : ConnectionFault.From(lost, url).Words;
        var began = clock.Time.GetTimestamp();
        var start = new StepStart(clock.Run, step.Number, attempt, link.Pid, link.BackendStart, before);
        var seen = await StepEvidence.FindAsync(url, step, start, CancellationToken.None);
        while (seen.State is ReconciledState.StillRunning or ReconciledState.NotYetKnown && clock.Time.GetElapsedTime(began) < clock.Options.LostWait)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock.Time);
            seen = await StepEvidence.FindAsync(url, step, start, CancellationToken.None);
        }

        var outcome = seen.State switch
        {
            ReconciledState.Done => MaintenanceResult.Done,
            ReconciledState.Failed => MaintenanceResult.Failed,
            ReconciledState.LeftSomething => MaintenanceResult.LeftSomething,
            _ => MaintenanceResult.Unproven,
        };
        return end(outcome, $"{words} {seen.Words}", (lost as PostgresException)?.SqlState) with { Proof = seen.Proof, Repair = seen.Proof?.Repair };
    }

    /// <summary>Doubles from try to try, up to the longest; half more or less by chance, so that two runs do not meet each time.</summary>
    private TimeSpan Pause(int attempt)
    {
        var whole = Math.Min(clock.Options.FirstPause.TotalSeconds * Math.Pow(2, attempt - 1), clock.Options.LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(whole * (0.5 + Random.Shared.NextDouble()));
    }
}
