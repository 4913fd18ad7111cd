using Npgsql;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Sends one command, tells how far it is while it runs, and cancels it over another connection when that is asked for.</summary>
internal sealed class StepSender(MaintenanceLink link, RunClock clock)
{
    /// <summary>How long after a cancel the server may still be busy where it cannot stop, before the connection is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan CancelEvery = TimeSpan.FromSeconds(2);

    /// <summary>The first value of the answer.</summary>
    /// <exception cref="NpgsqlException">The server refused, or the connection was lost.</exception>
    /// <exception cref="TimeoutException">It was cancelled and did not end.</exception>
    public async Task<object?> SendAsync(MaintenanceStep step, int attempt, string sql, CancellationToken cancellationToken)
    {
        var sent = link.SendAsync(sql);
        using var ended = new CancellationTokenSource();
        var told = TellAsync(step, attempt, ended.Token);
        try
        {
            return await sent.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return await CancelAsync(sent);
        }
        finally
        {
            await ended.CancelAsync();
            await told;
        }
    }

    private async Task<object?> CancelAsync(Task<object?> sent)
    {
        var began = clock.Time.GetTimestamp();
        while (clock.Time.GetElapsedTime(began) < Patience)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), clock.Time);
            try
            {
                await clock.Side.CancelAsync(link.Pid, link.BackendStart, limit.Token);
            }
            catch (OperationCanceledException)
            {
                // The second connection hangs: asked again below, until patience ends.
            }

            if (await Task.WhenAny(sent, Task.Delay(CancelEvery, clock.Time)) == sent)
            {
                return await sent;
            }
        }

        await link.Connection.DisposeAsync();
        try
        {
            return await sent;
        }
        catch (Exception lost) when (lost is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw new TimeoutException($"The command was cancelled and did not end within {Patience.TotalSeconds:0} s.", lost);
        }
    }

    private async Task TellAsync(MaintenanceStep step, int attempt, CancellationToken ended)
    {
        var trend = new ProgressTrend(clock.Time);
        clock.Tell(step, attempt, step.Purpose);
        try
        {
            while (true)
            {
                await Task.Delay(clock.Options.ProgressEvery, clock.Time, ended);
                var (progress, waitsFor) = await clock.Side.LookAsync(link.Pid, ended);
                if (progress is not null)
                {
                    var seen = trend.After(progress);
                    clock.Tell(step, attempt, $"{step.Purpose}: {seen.Phase}{(seen.WaitsFor is { } pid ? FormattableString.Invariant($", behind session {pid}") : "")}", seen);
                }
                else
                {
                    clock.Tell(step, attempt, waitsFor is { } pid ? FormattableString.Invariant($"{step.Purpose}: waiting for a lock of session {pid}") : step.Purpose);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The command has ended.
        }
    }
}
