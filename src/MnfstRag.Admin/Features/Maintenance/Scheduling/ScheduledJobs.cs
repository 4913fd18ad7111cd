using Quartz;
using Quartz.Extensibility;

namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>Hands the one job of this scheduler what it calls.</summary>
internal sealed class ScheduledJobs(ScheduleFiring firing) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) => new(new JobScope(new ScheduledJob(firing)));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}
