namespace MnfstRag.Testing;

/// <summary>Waits for what another process does and nobody announces.</summary>
public static class Wait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until <paramref name="reached"/> says yes.</summary>
    /// <param name="reached">The question; an exception of it ends the wait.</param>
    /// <param name="atMost">How long; 30 s unless told.</param>
    /// <exception cref="TimeoutException">It did not come about in time.</exception>
    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> reached, TimeSpan? atMost = null)
    {
        var limit = atMost ?? TimeSpan.FromSeconds(30);
        using var over = new CancellationTokenSource(limit);
        try
        {
            while (!await reached(over.Token))
            {
                await Task.Delay(Step, over.Token);
            }
        }
        catch (OperationCanceledException late) when (over.IsCancellationRequested)
        {
            throw new TimeoutException($"It did not come about within {limit.TotalSeconds:0} s.", late);
        }
    }
}
