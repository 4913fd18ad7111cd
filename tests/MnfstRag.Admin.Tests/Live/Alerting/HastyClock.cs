namespace MnfstRag.Admin.Tests.Live.Alerting;

/// <summary>Pauses that lie within bounds end so many times sooner; all else is as ever.</summary>
internal sealed class HastyClock(TimeSpan from, TimeSpan to, int times) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime >= from && dueTime <= to ? dueTime / times : dueTime, period);
}
