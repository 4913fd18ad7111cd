using MnfstRag.Admin.Data.Entities;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>A run that this process is at work on.</summary>
internal sealed class RunUnderway(MaintenanceRunRow run, CancellationToken stopping)
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public MaintenanceRunRow Run => run;

    /// <summary>Completes when nothing of it is at work here any more; never faulted.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Begins the work.</summary>
    /// <param name="work">Gets the token that a person, or the end of the host, cancels.</param>
    /// <param name="unexpected">Gets what the work throws.</param>
    /// <param name="ended">Called at the end.</param>
    public void Start(Func<MaintenanceRunRow, CancellationToken, Task> work, Action<Exception> unexpected, Action ended) => Ended = Task.Run(
        async () =>
        {
            try
            {
                await work(run, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // It was stopped before it began, or the host stops.
            }
            catch (Exception fault)
            {
                unexpected(fault);
            }
            finally
            {
                ended();
                _stop.Dispose();
            }
        },
        CancellationToken.None);

    /// <summary>Asks it to stop.</summary>
    public async Task StopAsync()
    {
        try
        {
            await _stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
