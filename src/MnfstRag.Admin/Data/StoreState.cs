namespace MnfstRag.Admin.Data;

/// <summary>The store's status, for pages and health checks. Singleton, thread-safe.</summary>
public sealed class StoreState(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreStatus _current = new(IsReady: false, "The dashboard's own database is being prepared.", clock.GetUtcNow());

    /// <summary>The status changed. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The status now.</summary>
    public StoreStatus Current => Volatile.Read(ref _current);

    /// <summary>Completes as soon as the store can be used.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _ready.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Set(bool ready, string words)
    {
        lock (_lock)
        {
            if (_current.IsReady == ready && _current.Words == words)
            {
                return;
            }

            Volatile.Write(ref _current, new StoreStatus(ready, words, clock.GetUtcNow()));
            if (ready)
            {
                _ready.TrySetResult();
            }
            else if (_ready.Task.IsCompleted)
            {
                _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        Changed?.Invoke();
    }
}
