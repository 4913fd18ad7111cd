using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Postgres.Maintaining;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>The gate before a run: permission, freeze, password and name, four eyes, audit.</summary>
public sealed class RunServiceTests
{
    [Fact]
    public async Task Fifty_clicks_on_run_give_one_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var plan = await bench.PlanAsync(Plans.Create());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => bench.Runs().RunAsync(new RunRequest(plan.Id, "for the test"))));
        await bench.StartAsync();
        var run = await bench.UntilAsync(answers[0].Run!.Value, MaintenanceRunState.Done);

        Assert.All(answers, answer => Assert.Equal((run.Id, null), (answer.Run!.Value, answer.Fault)));
        Assert.Single(bench.Work.Sent);
        Assert.Equal(["maintenance.ask Event queued", "maintenance.run Intent", "maintenance.run Outcome done"], await bench.AuditAsync());
        await using var context = await bench.ContextAsync();
        Assert.Equal(1, context.MaintenanceRuns.Count());
    }

    [Fact]
    public async Task Support_may_plan_and_may_not_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var plan = await bench.PlanAsync(Plans.Create(), bench.Sam);

        Assert.Equal(MaintenanceVerdict.Go, plan.Plan.Verdict);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Runs(bench.Sam).RunAsync(new RunRequest(plan.Id)));
        Assert.Empty(bench.Work.Sent);
        await using var context = await bench.ContextAsync();
        Assert.Empty(context.MaintenanceRuns);
    }

    [Fact]
    public async Task A_plan_is_run_by_who_made_it_and_what_is_not_known_is_not_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var plan = await bench.PlanAsync(Plans.Create());

        Assert.Contains("not known", (await bench.Runs(bench.Grace).RunAsync(new RunRequest(plan.Id))).Fault, StringComparison.Ordinal);
        Assert.Contains("not known", (await bench.Runs().RunAsync(new RunRequest(Guid.NewGuid()))).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idx_old", "wrong", "for the test", "password is not right")]
    [InlineData("idx_new", MaintenanceBench.Password, "for the test", "The name that was typed is not idx_old")]
    [InlineData("idx_old", MaintenanceBench.Password, " ", "Say in a few words why")]
    public async Task A_disruptive_run_wants_the_password_the_name_and_a_reason(string typed, string password, string reason, string fault)
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var plan = await bench.PlanAsync(Plans.Drop());

        var answer = await bench.Runs().RunAsync(new RunRequest(plan.Id, reason, password, typed));

        Assert.Null(answer.Run);
        Assert.Contains(fault, answer.Fault, StringComparison.Ordinal);
        Assert.Equal(["maintenance.ask Event refused"], await bench.AuditAsync());

        var right = await bench.Runs().RunAsync(new RunRequest(plan.Id, "for the test", MaintenanceBench.Password, "idx_old"));
        Assert.NotNull(right.Run);
    }

    [Fact]
    public async Task A_plan_that_would_stop_others_as_things_are_needs_the_stronger_permission_too()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        bench.Work.Plan = operation => Plans.Of(operation) with { IsDisruptive = true };
        var caller = bench.Ada with { Permissions = new HashSet<string> { Permissions.PlanMaintenance, Permissions.RunSafeMaintenance } };
        var plan = await bench.PlanAsync(Plans.Create(), caller);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Runs(caller).RunAsync(new RunRequest(plan.Id, "for the test", MaintenanceBench.Password, "documents")));
    }

    [Fact]
    public async Task A_verdict_of_no_is_not_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        bench.Work.Plan = operation => Plans.Of(operation) with { Reasons = [new PlanReason(MaintenanceVerdict.No, "standby", "This server is a standby.")] };

        var answer = await bench.Runs().RunAsync(new RunRequest((await bench.PlanAsync(Plans.Create())).Id));

        Assert.Contains("verdict is no", answer.Fault, StringComparison.Ordinal);
        Assert.Equal(["maintenance.ask Event refused"], await bench.AuditAsync());
    }

    [Fact]
    public async Task A_frozen_environment_refuses_with_its_reason_at_the_gate_and_at_the_runner()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var queued = await bench.AskAsync(Plans.Create());
        var plan = await bench.PlanAsync(Plans.Create("sessions"));
        Assert.Contains("password", await bench.Rules().FreezeAsync(MaintenanceBench.Environment, "Release of Friday", null, "wrong"), StringComparison.Ordinal);
        Assert.Null(await bench.Rules().FreezeAsync(MaintenanceBench.Environment, "Release of Friday", null, MaintenanceBench.Password));

        Assert.Contains("Release of Friday", (await bench.Runs().RunAsync(new RunRequest(plan.Id))).Fault, StringComparison.Ordinal);
        await bench.StartAsync();
        var refused = await bench.UntilAsync(queued, MaintenanceRunState.Refused);

        Assert.Contains("Release of Friday", refused.Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);

        Assert.Null(await bench.Rules().ThawAsync(MaintenanceBench.Environment, MaintenanceBench.Password));
        await bench.UntilAsync(await bench.AskAsync(Plans.Create("sessions")), MaintenanceRunState.Done);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Rules(bench.Sam).FreezeAsync(MaintenanceBench.Environment, "by Sam", null, MaintenanceBench.Password));
    }

    [Fact]
    public async Task With_four_eyes_another_administrator_approves_before_it_begins()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        Assert.Null(await bench.Rules().SetFourEyesAsync(MaintenanceBench.Environment, on: true, MaintenanceBench.Password));
        await bench.StartAsync();
        var run = await bench.AskAsync(Plans.Create());

        Assert.Equal(MaintenanceRunState.WaitingForApproval, (await bench.RowAsync(run)).State);
        Assert.Contains("yourself", await bench.Runs().ApproveAsync(run, MaintenanceBench.Password), StringComparison.Ordinal);
        Assert.Contains("password", await bench.Runs(bench.Grace).ApproveAsync(run, "wrong"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Runs(bench.Sam).ApproveAsync(run, MaintenanceBench.Password));
        Assert.Empty(bench.Work.Sent);

        Assert.Null(await bench.Runs(bench.Grace).ApproveAsync(run, MaintenanceBench.Password));
        Assert.Equal("grace", (await bench.UntilAsync(run, MaintenanceRunState.Done)).ApprovedBy);
        Assert.Contains("no more", await bench.Runs(bench.Grace).ApproveAsync(run, MaintenanceBench.Password), StringComparison.Ordinal);
        Assert.Equal(2, (await bench.AuditAsync()).Count(row => row == "maintenance.approve Event refused"));
        Assert.Contains("maintenance.approve Event approved", await bench.AuditAsync());
    }

    [Fact]
    public async Task Without_its_row_in_the_audit_log_nothing_is_queued_and_nothing_begins()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var queued = await bench.AskAsync(Plans.Create());
        var plan = await bench.PlanAsync(Plans.Create("sessions"));
        await bench.Store.ExecuteAsAsync(bench.Store.Owner, $"REVOKE INSERT ON audit.entries FROM \"{bench.Store.Runtime.Name}\"");
        await bench.StartAsync();

        Assert.Contains("could not be written down", (await bench.Runs().RunAsync(new RunRequest(plan.Id))).Fault, StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Equal(MaintenanceRunState.Queued, (await bench.RowAsync(queued)).State);
        Assert.Empty(bench.Work.Sent);

        await bench.Store.ExecuteAsAsync(bench.Store.Owner, $"GRANT INSERT ON audit.entries TO \"{bench.Store.Runtime.Name}\"");
        await bench.UntilAsync(queued, MaintenanceRunState.Done);
        Assert.Single(bench.Work.Sent);
    }

    [Fact]
    public async Task Without_a_maintain_credential_the_plan_says_what_grants_it()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        await bench.Store.Database.ExecuteAsync("DELETE FROM admin.credentials");

        var plan = await bench.PlanAsync(Plans.Create());

        Assert.Equal(MaintenanceVerdict.No, plan.Plan.Verdict);
        Assert.Contains("watch credential never stands in", plan.Plan.Reasons[0].Words, StringComparison.Ordinal);
        Assert.Contains("GRANT", plan.Plan.Reasons[0].Sql, StringComparison.Ordinal);
    }
}
