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

    /// <summary>The books before the first try: in those of later ones stands what an earlier try left.</summary>
    private StepBaseline? _first;

    /// <summary>Runs it. Faults of the server and of people are results.</summary>
    /// <exception cref="JournalException">The journal failed; nothing more may be sent.</exception>
    public async Task<StepEnd> RunAsync(MaintenanceStep step, CancellationToken cancellationToken)
    {
        var began = clock.Time.GetTimestamp();
        _first = null;
        for (var attempt = 1; ; attempt++)
        {
            var (end, again) = await TryAsync(step, attempt, began, cancellationToken);
            if (!again)
            {
                return end with { Duration = clock.Time.GetElapsedTime(began) };
            }

            if (!await clock.PauseAsync(attempt, pause => clock.Tell(step, attempt, $"{step.Purpose}: a lock was in the way; the next try comes in {Plain.Duration(pause)}", retryIn: pause), cancellationToken))
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
            if (_first is null)
            {
                before = before with { Baseline = await StepBloat.AddAsync(link.Connection, MaintenanceLink.Questions, step, link.Ground.Major, before.Baseline, cancellationToken) };
            }
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

        var first = _first ??= before.Baseline;
        await JournalException.GuardAsync(() => clock.Journal.StartingAsync(new StepStart(clock.Run, step.Number, attempt, link.Pid, link.BackendStart, before.Baseline), CancellationToken.None));
        try
        {
            var answer = await _sender.SendAsync(step, attempt, step.Sql, cancellationToken);
            return (await ProveAsync(step, first, answer, End), false);
        }
        catch (PostgresException refused) when (!ServerWords.EndsSession(refused))
        {
            return await RefusedAsync(step, first, refused, attempt, End, cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            return (await LostAsync(step, attempt, first, lost, End), false);
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
        if (proof is { Result: MaintenanceResult.Done, After: { } books })
        {
            var weighed = await StepBloat.AddAsync(link.Connection, MaintenanceLink.Questions, step, link.Ground.Major, books, CancellationToken.None);
            proof = proof with { After = weighed, Words = proof.Words + StepBloat.Words(step, before, weighed) };
        }

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
            if (proof.Result == MaintenanceResult.Done || step.Kind is not (StepKind.Analyze or StepKind.Vacuum or StepKind.VacuumToast or StepKind.Reload or StepKind.ResetStatistics) || clock.Time.GetElapsedTime(began) >= clock.Options.ProofWait)
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
        var notices = link.Notices();
        var cleaning = await CleanAsync(step, before, cancelled, cancellationToken);
        if (cleaning.Books is null)
        {
            return (end(MaintenanceResult.Unproven, $"{words} What is left could not be seen, because the server could not be asked any more.", refused.SqlState) with { Notices = notices, AskAgain = true }, false);
        }

        // What is locked is tried again; a DROP INDEX goes on with what its last try left.
        var again = ServerWords.IsLock(refused) && attempt < clock.Options.Attempts && !cancellationToken.IsCancellationRequested;
        if (cleaning.Left is { } left && !(again && step.Kind == StepKind.DropIndex))
        {
            var target = new MaintenanceTarget(left.Oid, left.Schema, left.Name, MaintenanceTargetKind.Index);
            var kind = IndexLeftover.Of(left.Name, left.IsValid, inProgress: false) ?? IndexLeftoverKind.Invalid;
            return (end(MaintenanceResult.LeftSomething, $"{(cancelled ? "Called off." : words)}{holders} {LeftoverWords.Of(kind, target)}", refused.SqlState) with { Notices = notices, Repair = ProofJudge.Repair(left) }, false);
        }

        if (cancelled)
        {
            return (end(MaintenanceResult.Cancelled, "Called off. Nothing is left behind.", refused.SqlState) with { Notices = notices }, false);
        }

        // Whatever the cleaning found: a rebuild that was finished but for the old half's removal is done.
        if (cleaning.Cleared.Length > 0 && ProofJudge.Judge(step, before, cleaning.Books, answered: false) is { Result: MaintenanceResult.Done } proof)
        {
            return (end(MaintenanceResult.Done, $"{proof.Words} {cleaning.Cleared}", null) with { Notices = notices, Proof = proof }, false);
        }

        var tries = ServerWords.IsLock(refused) && !again ? $" {Plain.Count(attempt, "try was made", "tries were made")}." : "";
        var cleared = cleaning.Cleared.Length > 0 ? $" {cleaning.Cleared}" : "";
        return (end(MaintenanceResult.Failed, $"{words}{holders}{cleared}{tries} Nothing is left behind.", refused.SqlState) with { Notices = notices }, again);
    }

    /// <summary>
    /// After some refusals (a full disk, no memory) the client library gives the connection up, though the server would go on: then a new session clears up, with the
    /// table's lock taken anew.
    /// </summary>
    private async Task<Cleaning> CleanAsync(MaintenanceStep step, StepBaseline before, bool cancelled, CancellationToken cancellationToken)
    {
        if (link.IsOpen)
        {
            return await CleanAsync(link, step, before, cancelled, cancellationToken);
        }

        try
        {
            var (again, _) = await MaintenanceLink.OpenAsync(url, MaintenanceLink.ApplicationName(clock.Run), clock.Options, CancellationToken.None);
            if (again is null)
            {
                return new Cleaning(null, null, "");
            }

            await using (again)
            {
                return await TakeOverAsync(again, step)
                    ? await CleanAsync(again, step, before, cancelled, cancellationToken)
                    : await new LeftoverCleaner(again, clock).FindAsync(step, before);
            }
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
        {
            return new Cleaning(null, null, "");
        }
    }

    /// <summary>The session that was given up may take a moment to end, and holds the table's lock until then.</summary>
    private async Task<bool> TakeOverAsync(MaintenanceLink again, MaintenanceStep step)
    {
        var began = clock.Time.GetTimestamp();
        while (await TableLocks.TakeAsync(again.Connection, TableLocks.Tables, unchecked((int)(step.Table ?? 0)), "", CancellationToken.None) is not null)
        {
            if (clock.Time.GetElapsedTime(began) > clock.Options.ProofWait)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock.Time);
        }

        return true;
    }

    private async Task<Cleaning> CleanAsync(MaintenanceLink with, MaintenanceStep step, StepBaseline before, bool cancelled, CancellationToken cancellationToken) => cancelled
        ? await new LeftoverCleaner(with, clock).FindAsync(step, before)
        : await new LeftoverCleaner(with, clock).ClearAsync(step, before, cancellationToken);

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
        return end(outcome, $"{words} {seen.Words}", (lost as PostgresException)?.SqlState) with
        {
            Proof = seen.Proof,
            Repair = seen.Proof?.Repair,
            AskAgain = seen.State is ReconciledState.StillRunning or ReconciledState.NotYetKnown,
        };
    }
}
