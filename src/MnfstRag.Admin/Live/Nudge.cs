namespace MnfstRag.Admin.Live;

/// <summary>Wakes a loop that rests between two turns. Several before it looks are one; one that comes too late is none.</summary>
internal sealed class Nudge : IDisposable
{
    private readonly SemaphoreSlim _given = new(0, 1);

    /// <summary>Ends the rest at once. Never waits.</summary>
    public void Give()
    {
        try
        {
            _given.Release();
        }
        catch (Exception full) when (full is SemaphoreFullException or ObjectDisposedException)
        {
            // The loop looks again anyway, or no more.
        }
    }

    /// <summary>Rests until it is given, or for <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _given.WaitAsync(most, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _given.Dispose();
}
