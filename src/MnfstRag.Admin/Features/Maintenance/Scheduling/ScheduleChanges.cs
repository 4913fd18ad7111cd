using MnfstRag.Admin.Live;

namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>Wakes the scheduler's follower when a schedule came or went here. Singleton.</summary>
public sealed class ScheduleChanges : IDisposable
{
    private readonly Nudge _nudge = new();

    /// <summary>One came or went.</summary>
    public void Tell() => _nudge.Give();

    /// <inheritdoc />
    public void Dispose() => _nudge.Dispose();

    internal Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _nudge.WaitAsync(atMost, cancellationToken);
}
