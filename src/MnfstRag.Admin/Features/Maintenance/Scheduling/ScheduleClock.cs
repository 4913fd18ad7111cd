using Microsoft.EntityFrameworkCore;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Maintaining;
using Npgsql;
using Quartz;

namespace MnfstRag.Admin.Features.Maintenance.Scheduling;

/// <summary>
/// Runs the scheduler: clustered, in the own store, in tables that it makes itself. The rows of schedules are the truth and its triggers
/// follow them, so that one that could not be set at once is set a moment later. It starts when the store is there, and never ends the process.
/// </summary>
internal sealed class ScheduleClock(
    StoreConnections connections,
    StoreState store,
    IDbContextFactory<AdminDbContext> contexts,
    ScheduleFiring firing,
    ScheduleChanges changes,
    TimeProvider clock,
    ILoggerFactory loggers,
    ILogger<ScheduleClock> logger) : BackgroundService
{
    private const string Name = "mnfst-admin";
    private const string Group = "maintenance";
    private const int Workers = 2;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    private static readonly JobKey Job = new("run", Group);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await store.WhenReadyAsync(stoppingToken);
            IScheduler? scheduler = null;
            try
            {
                scheduler = await BuildAsync(stoppingToken);
                ScheduleLog.Started(logger);
                await FollowAsync(scheduler, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host stops.
            }
            catch (Exception fault) when (fault is SchedulerException or NpgsqlException || StoreFaults.IsOne(fault))
            {
                ScheduleLog.Failed(logger, Retry.TotalSeconds, fault);
                await Task.Delay(Retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                await StopAsync(scheduler);
            }
        }
    }

    private async Task<IScheduler> BuildAsync(CancellationToken cancellationToken)
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(loggers);
            quartz.ConfigureScheduler(options => options.InstanceName = Name);
            quartz.UseTimeProvider(clock);
            quartz.UseDefaultThreadPool(Workers);
            quartz.UseJobFactory(new ScheduledJobs(firing));
            quartz.UsePersistentStore(persistent =>
            {
                persistent.UsePostgres(NpgsqlFactory.Instance, connections.SchedulerConnectionString);
                persistent.ConfigureStore(options =>
                {
                    options.TablePrefix = $"{AdminDbContext.SchedulerSchema}.qrtz_";
                    options.StoreJobDataAsStrings = true;
                });
                persistent.ProvisionSchema();
                persistent.UseClustering(options => options.CheckinInterval = CheckIn);
            });
        }).BuildScheduler(cancellationToken);
        await scheduler.AddJob(JobBuilder.Create<ScheduledJob>().WithIdentity(Job).StoreDurably().Build(), new AddJobOptions { Replace = true }, cancellationToken);
        await scheduler.Start(cancellationToken);
        return scheduler;
    }

    private async Task FollowAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        while (true)
        {
            await SetAsync(scheduler, cancellationToken);
            await changes.WaitAsync(Every, cancellationToken);
        }
    }

    /// <summary>Sets what is missing, and takes away what is no longer wanted.</summary>
    private async Task SetAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.MaintenanceSchedules.AsNoTracking().ToListAsync(cancellationToken);
        var windows = await context.MaintenanceWindows.AsNoTracking().ToDictionaryAsync(window => window.Id, cancellationToken);
        var set = await TriggersAsync(scheduler, cancellationToken);
        foreach (var row in rows.Where(row => !set.Contains(KeyOf(row.Id))))
        {
            if (TriggerOf(row, row.WindowId is { } window ? windows.GetValueOrDefault(window) : null) is { } trigger)
            {
                try
                {
                    await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
                }
                catch (ObjectAlreadyExistsException)
                {
                    // Another instance has just set it.
                }
            }
        }

        foreach (var gone in set.Except(rows.Select(row => KeyOf(row.Id))))
        {
            await scheduler.UnscheduleJob(gone, cancellationToken);
        }
    }

    private static async Task<HashSet<TriggerKey>> TriggersAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var keys = new HashSet<TriggerKey>();
        foreach (var key in await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(Group), cancellationToken))
        {
            keys.Add(key);
        }

        return keys;
    }

    private ITrigger? TriggerOf(MaintenanceScheduleRow row, MaintenanceWindowRow? window)
    {
        var builder = TriggerBuilder.Create(clock).WithIdentity(KeyOf(row.Id)).ForJob(Job);
        if (row.OnceAt is { } at)
        {
            // One whose time has been is not set again.
            return row.LastFiredAt is null ? builder.StartAt(at).WithSimpleSchedule().Build() : null;
        }

        var (cron, zone) = window is null ? (row.Cron, row.TimeZone) : (window.Cron, window.TimeZone);
        return ScheduleTimes.Parse(cron, zone) is { } times
            ? builder.WithSchedule(CronScheduleBuilder.Create(times).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build()
            : null;
    }

    private static TriggerKey KeyOf(Guid schedule) => new(schedule.ToString("D"), Group);

    private async Task StopAsync(IScheduler? scheduler)
    {
        if (scheduler is null)
        {
            return;
        }

        try
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, CancellationToken.None);
        }
        catch (Exception fault) when (fault is SchedulerException or NpgsqlException || StoreFaults.IsOne(fault))
        {
            ScheduleLog.NotStopped(logger, fault);
        }
    }
}
