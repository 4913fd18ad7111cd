namespace MnfstRag.Postgres.Maintaining;

/// <summary>What a run's steps share: who is told, who cancels, and how far it is.</summary>
internal sealed class RunClock(MaintenanceRun run, RunOptions options, TimeProvider time, IMaintenanceJournal journal, IProgress<MaintenanceProgress>? progress, SideLink side)
{
    private readonly long _began = time.GetTimestamp();
    private int _done;

    public Guid Run => run.Id;

    public RunOptions Options => options;

    public TimeProvider Time => time;

    public IMaintenanceJournal Journal => journal;

    public SideLink Side => side;

    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void StepDone() => Interlocked.Increment(ref _done);

    /// <summary>Waits before the next try: twice as long from try to try, up to the longest; half more or less by chance, so that two runs do not meet each time.</summary>
    /// <returns>False when it was called off meanwhile.</returns>
    public async Task<bool> PauseAsync(int attempt, Action<TimeSpan> tell, CancellationToken cancellationToken)
    {
        var whole = Math.Min(options.FirstPause.TotalSeconds * Math.Pow(2, attempt - 1), options.LongestPause.TotalSeconds);
        var pause = TimeSpan.FromSeconds(whole * (0.5 + Random.Shared.NextDouble()));
        tell(pause);
        try
        {
            await Task.Delay(pause, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Tell(MaintenanceStep step, int attempt, string words, CommandProgress? command = null, TimeSpan? retryIn = null) => progress?.Report(
        new MaintenanceProgress(run.Id, step.Number, run.Done.Count + Volatile.Read(ref _done), run.Plan.Steps.Length, attempt, words, Elapsed) { Command = command, RetryIn = retryIn });
}
