using Quartz;

namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>The time of a schedule has come: it asks for a run, and does nothing else.</summary>
internal sealed class ScheduledJob(ScheduleFiring firing) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (Guid.TryParse(context.Trigger.Key.Name, out var schedule))
        {
            await firing.FireAsync(schedule, context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);
        }
    }
}
