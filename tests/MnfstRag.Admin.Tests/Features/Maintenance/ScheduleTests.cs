using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Features.Maintenance.Scheduling;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>Set times: once however many dashboards there are, planned anew, and refused when the time comes and it may not be.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public async Task A_schedule_fires_once_with_two_dashboards_on_one_store()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        await bench.StartClockAsync(bench.Services);
        await bench.StartClockAsync(bench.AddDashboard());
        await bench.StartAsync();
        Assert.Null(await ScheduleAsync(bench, Plans.Create(), once: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(6)));

        await Wait.UntilAsync(
            async over =>
            {
                await using var context = await bench.ContextAsync();
                return await context.MaintenanceRuns.AnyAsync(run => run.State == MaintenanceRunState.Done, over);
            },
            TimeSpan.FromMinutes(2));
        await Task.Delay(TimeSpan.FromSeconds(3));

        await using var after = await bench.ContextAsync();
        var run = await after.MaintenanceRuns.SingleAsync();
        Assert.Equal(("ada", true), (run.RequestedBy, run.ScheduleId is not null));
        Assert.Single(bench.Work.Sent);
        Assert.True(await bench.Store.Database.ScalarAsync<long>("SELECT count(*) FROM quartz.qrtz_scheduler_state") >= 2);
        Assert.Equal("Its run was queued.", (await after.MaintenanceSchedules.SingleAsync()).LastWords);
    }

    [Fact]
    public async Task Two_firings_of_one_time_are_one_run_and_another_time_is_another()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var id = await AddedAsync(bench, cron: "*/1 * * * *");
        var firing = bench.Services.GetRequiredService<ScheduleFiring>();
        var due = TimeProvider.System.GetUtcNow();

        await Task.WhenAll(firing.FireAsync(id, due, CancellationToken.None), firing.FireAsync(id, due, CancellationToken.None));
        await firing.FireAsync(id, due.AddMinutes(1), CancellationToken.None);

        await using var context = await bench.ContextAsync();
        Assert.Equal(2, await context.MaintenanceRuns.CountAsync());
    }

    [Fact]
    public async Task Whoever_lost_the_role_since_has_the_run_refused()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var id = await AddedAsync(bench, cron: "*/1 * * * *");
        await bench.Store.Database.ExecuteAsync("UPDATE identity.users SET roles = '{Support}' WHERE user_name = 'ada'");

        await bench.Services.GetRequiredService<ScheduleFiring>().FireAsync(id, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        await using var context = await bench.ContextAsync();
        var run = await context.MaintenanceRuns.SingleAsync();
        Assert.Equal(MaintenanceRunState.Refused, run.State);
        Assert.Contains("may not run this any more", run.Words, StringComparison.Ordinal);
        Assert.Contains("maintenance.ask Event refused", await bench.AuditAsync());
    }

    [Fact]
    public async Task A_time_that_nobody_was_there_for_is_told_and_not_made_up_for()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var id = await AddedAsync(bench, cron: "0 3 1 1 *");
        await bench.Store.Database.ExecuteAsync("UPDATE admin.maintenance_schedules SET cron = NULL, once_at = now() - interval '2 hours', created_at = now() - interval '3 hours'");

        await bench.Services.GetRequiredService<ScheduleFiring>().FireAsync(id, TimeProvider.System.GetUtcNow(), CancellationToken.None);

        await using var context = await bench.ContextAsync();
        Assert.Empty(context.MaintenanceRuns);
        Assert.Contains("not made up for", (await context.MaintenanceSchedules.SingleAsync()).LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_waits_for_its_approval_and_its_window_bounds_the_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        Assert.Null(await bench.Rules().AddWindowAsync(MaintenanceBench.Environment, "Any minute", "* * * * *", "Europe/Berlin", 30));
        var window = Assert.Single(await bench.Rules().WindowsAsync(MaintenanceBench.Environment));
        await bench.Rules().SetFourEyesAsync(MaintenanceBench.Environment, on: true, MaintenanceBench.Password);
        var plan = await bench.PlanAsync(Plans.Batch("a", "b"));
        Assert.Null(await bench.Schedules().AddAsync(new ScheduleRequest(plan.Id, "UTC", null, null, window.Id, "every night")));
        var schedule = Assert.Single(await bench.Schedules().ListAsync(MaintenanceBench.Environment));
        var firing = bench.Services.GetRequiredService<ScheduleFiring>();
        var due = TimeProvider.System.GetUtcNow();

        Assert.True(schedule.NeedsApproval);
        await firing.FireAsync(schedule.Id, due, CancellationToken.None);
        Assert.Contains("yourself", await bench.Schedules().ApproveAsync(schedule.Id, MaintenanceBench.Password), StringComparison.Ordinal);
        await using var context = await bench.ContextAsync();
        Assert.Empty(context.MaintenanceRuns);

        Assert.Null(await bench.Schedules(bench.Grace).ApproveAsync(schedule.Id, MaintenanceBench.Password));
        await firing.FireAsync(schedule.Id, due.AddMinutes(1), CancellationToken.None);
        var run = await context.MaintenanceRuns.AsNoTracking().SingleAsync();
        Assert.Equal(MaintenanceRunState.Queued, run.State);
        Assert.InRange((run.EndsBy!.Value - due.AddMinutes(31)).TotalSeconds, -1, 1);
        Assert.Contains("schedule runs in this window", await bench.Rules().RemoveWindowAsync(MaintenanceBench.Environment, window.Id), StringComparison.Ordinal);

        await bench.Store.Database.ExecuteAsync("UPDATE admin.maintenance_runs SET ends_by = now() - interval '1 minute'");
        await bench.StartAsync();
        Assert.Contains("window closed", (await bench.UntilAsync(run.Id, MaintenanceRunState.Refused)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduled_run_is_planned_anew_and_refused_when_the_verdict_is_no_by_then()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var id = await AddedAsync(bench, cron: "*/1 * * * *");
        bench.Work.Plan = operation => Plans.Of(operation) with { Reasons = [new PlanReason(MaintenanceVerdict.No, "in-the-way", "A transaction is open since yesterday.")] };
        await bench.Services.GetRequiredService<ScheduleFiring>().FireAsync(id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await bench.StartAsync();

        await using var context = await bench.ContextAsync();
        var run = await context.MaintenanceRuns.AsNoTracking().SingleAsync();
        Assert.Contains("since yesterday", (await bench.UntilAsync(run.Id, MaintenanceRunState.Refused)).Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);
    }

    [Theory]
    [InlineData("0 3 * *", "UTC", "no cron expression")]
    [InlineData("0 3 31 2 *", "UTC", "never comes true")]
    [InlineData("0 3 * * 0", "Mars/Olympus", "no time zone")]
    [InlineData("0 3 * * 0; DROP TABLE x", "UTC", "no cron expression")]
    public async Task A_time_that_is_none_is_refused_in_words(string cron, string zone, string fault)
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var plan = await bench.PlanAsync(Plans.Create());

        Assert.Contains(fault, await bench.Schedules().AddAsync(new ScheduleRequest(plan.Id, zone, cron, null, null, "every night")), StringComparison.Ordinal);
        Assert.Empty(await bench.Schedules().ListAsync(MaintenanceBench.Environment));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Schedules(bench.Sam).AddAsync(new ScheduleRequest(plan.Id, zone, cron, null, null, "every night")));
    }

    [Fact]
    public async Task A_time_zone_is_meant_as_it_is_said()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        await AddedAsync(bench, cron: "30 3 * * *", zone: "Asia/Kolkata");

        var next = Assert.Single(await bench.Schedules().ListAsync(MaintenanceBench.Environment)).Next[0];

        Assert.Equal((22, 0), (next.UtcDateTime.Hour, next.UtcDateTime.Minute));
    }

    private static async Task<string?> ScheduleAsync(MaintenanceBench bench, MaintenanceOperation operation, string? cron = null, DateTime? once = null, string zone = "UTC") =>
        await bench.Schedules().AddAsync(new ScheduleRequest((await bench.PlanAsync(operation)).Id, zone, cron, once, null, "every night"));

    private static async Task<Guid> AddedAsync(MaintenanceBench bench, string cron, string zone = "UTC")
    {
        Assert.Null(await ScheduleAsync(bench, Plans.Create(), cron, zone: zone));
        return Assert.Single(await bench.Schedules().ListAsync(MaintenanceBench.Environment)).Id;
    }
}
