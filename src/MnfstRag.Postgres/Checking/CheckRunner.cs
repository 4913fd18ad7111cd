using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Checking;

/// <summary>
/// Runs checks against one server, as many at a time as it may hold connections. A check that fails, hangs or has a fault of its own
/// never keeps another from its answer. The server is only read: sessions are read-only, with statement_timeout and lock_timeout.
/// </summary>
/// <param name="checks">In the order of the report; a check stands behind those that it needs or consults.</param>
/// <param name="limits">What a run may take.</param>
/// <param name="time">This machine's clock.</param>
public sealed class CheckRunner(IReadOnlyList<ICheck> checks, CheckLimits limits, TimeProvider time)
{
    /// <summary>Runs the checks.</summary>
    /// <param name="url">The server's address.</param>
    /// <param name="only">Names of the checks to report; null for all. What they need runs as well, without being reported.</param>
    /// <param name="progress">Hears of each reported check as it ends, on any thread.</param>
    /// <param name="cancellationToken">Ends the run; connections are given up at once.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<CheckReport> RunAsync(
        DatabaseUrl url, IReadOnlyCollection<string>? only, IProgress<CheckResult>? progress, CancellationToken cancellationToken)
    {
        var (startedAt, began) = (time.GetUtcNow(), time.GetTimestamp());
        var reported = checks.Where(check => only is null || only.Contains(check.Name, StringComparer.Ordinal)).ToList();
        using var total = new CancellationTokenSource(limits.Total, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellationToken);
        var run = new CheckRun(url, limits, time);
        await using var lanes = new CheckLanes(url, limits, time);

        var running = new Dictionary<string, Task<CheckResult>>(StringComparer.Ordinal);
        foreach (var check in WithNeeded(reported))
        {
            var needed = check.Needs is { } name ? running[name] : null;
            var task = RunOneAsync(check, needed, run, lanes, ending.Token, cancellationToken);
            running.Add(check.Name, task);
            if (check.Name == CheckNames.SignIn)
            {
                _ = task.ContinueWith(_ => run.SignInEnded(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        if (!running.ContainsKey(CheckNames.SignIn))
        {
            run.SignInEnded();
        }

        var results = await Task.WhenAll(reported.Select(check => ReportAsync(running[check.Name], progress)));
        return new CheckReport(ServerName.Of(url), startedAt, time.GetElapsedTime(began), results);
    }

    private static async Task<CheckResult> ReportAsync(Task<CheckResult> running, IProgress<CheckResult>? progress)
    {
        var result = await running;
        progress?.Report(result);
        return result;
    }

    private List<ICheck> WithNeeded(List<ICheck> reported)
    {
        var names = new HashSet<string>(reported.Select(check => check.Name), StringComparer.Ordinal);
        foreach (var check in checks.Reverse().Where(check => names.Contains(check.Name)))
        {
            names.UnionWith(new[] { check.Needs, check.Consults }.OfType<string>());
        }

        return [.. checks.Where(check => names.Contains(check.Name))];
    }

    private async Task<CheckResult> RunOneAsync(
        ICheck check, Task<CheckResult>? needed, CheckRun run, CheckLanes lanes, CancellationToken ending, CancellationToken callers)
    {
        if (needed is not null && await needed is { Outcome.Verdict: Verdict.Failing or Verdict.Skipped } missing)
        {
            return Result(CheckOutcome.Skipped($"Needs {missing.Name}, which {(missing.Outcome.Verdict == Verdict.Failing ? "failed" : "was skipped")}."), TimeSpan.Zero);
        }

        long? began = null;
        try
        {
            var reader = check.AsksServer ? await lanes.TakeAsync(ending) : null;
            try
            {
                began = time.GetTimestamp();
                using var own = new CancellationTokenSource(limits.PerCheck, time);
                using var limited = CancellationTokenSource.CreateLinkedTokenSource(own.Token, ending);
                return Result(await check.RunAsync(new CheckContext(run, reader), limited.Token), time.GetElapsedTime(began.Value));
            }
            finally
            {
                if (reader is not null)
                {
                    lanes.GiveBack(reader);
                }
            }
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            return began is { } turn
                ? Result(TooLong(), time.GetElapsedTime(turn))
                : Result(CheckOutcome.Skipped($"Its turn did not come within the run's limit of {PlainWords.Duration(limits.Total)}."), TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of the check itself: it must not take the other answers with it, and must not pass for health.
            return Result(
                CheckOutcome.Warning($"The check itself has a fault ({exception.GetType().Name}), so nothing was judged.", "Report this line, with the server's version, to whoever maintains the dashboard."),
                began is { } turn ? time.GetElapsedTime(turn) : TimeSpan.Zero);
        }

        CheckResult Result(CheckOutcome outcome, TimeSpan took) => new(check.Name, check.Title, SafeText.Clean(outcome), took);
    }

    private CheckOutcome TooLong() => CheckOutcome.Warning(
        $"Could not be judged: there was no answer within {PlainWords.Duration(limits.PerCheck)}.",
        "The server or the way to it is slow. Run the check alone, and look at latency and at the machine's load.");
}
