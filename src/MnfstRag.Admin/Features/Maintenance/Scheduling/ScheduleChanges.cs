namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>Wakes the scheduler's follower when a schedule came or went here. Singleton.</summary>
public sealed class ScheduleChanges : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>One came or went.</summary>
    public void Tell()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It wakes anyway.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _wake.Dispose();

    internal Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _wake.WaitAsync(atMost, cancellationToken);
}
