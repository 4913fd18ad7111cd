using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Postgres.Watching.Hosts;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>The runner: one run a table, bounded, stopped, taken over after a crash and never run twice.</summary>
public sealed class MaintenanceRunnerTests
{
    [Fact]
    public async Task Of_runs_on_one_table_one_waits_and_says_for_whom()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var gate = new TaskCompletionSource();
        bench.Work.Until = gate.Task;
        await bench.StartAsync();
        var first = await bench.AskAsync(Plans.Create());
        await bench.UntilAsync(first, MaintenanceRunState.Running);
        var second = await bench.AskAsync(new AnalyzeTable(Plans.Table()));
        var other = await bench.AskAsync(Plans.Create("sessions"));

        await bench.UntilAsync(other, MaintenanceRunState.Running);
        await Wait.UntilAsync(async _ => (await bench.RowAsync(second)).Words?.Contains("public.documents", StringComparison.Ordinal) == true);
        var third = await bench.AskAsync(Plans.Create("messages"));
        await Wait.UntilAsync(async _ => (await bench.RowAsync(third)).Words?.Contains("Maintenance:PerEnvironment", StringComparison.Ordinal) == true);
        Assert.Equal(2, bench.Work.Sent.Count);

        gate.SetResult();
        await bench.UntilAsync(second, MaintenanceRunState.Done);
        await bench.UntilAsync(third, MaintenanceRunState.Done);
        Assert.Equal(2, bench.Work.MostAtOnce);
    }

    [Fact]
    public async Task What_has_changed_since_a_person_agreed_is_not_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var run = await bench.AskAsync(Plans.Create());
        bench.Work.Plan = operation => Plans.Of(operation) with { Server = new PlanServer("7300000000000000001", 180000, "mnfst_rag", "maintainer", DateTimeOffset.UnixEpoch, 0, null) };
        await bench.StartAsync();

        Assert.Contains("not what was agreed to", (await bench.UntilAsync(run, MaintenanceRunState.Refused)).Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);
        Assert.Equal(["maintenance.ask Event queued", "maintenance.run Event refused"], await bench.AuditAsync());
    }

    [Fact]
    public async Task A_verdict_that_turned_to_no_is_not_run()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var run = await bench.AskAsync(Plans.Create());
        bench.Work.Plan = operation => Plans.Of(operation) with { Reasons = [new PlanReason(MaintenanceVerdict.No, "standby", "This server is a standby now.")] };
        await bench.StartAsync();

        Assert.Contains("standby now", (await bench.UntilAsync(run, MaintenanceRunState.Refused)).Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);
    }

    [Fact]
    public async Task A_follower_runs_nothing_and_what_it_queues_the_leader_runs()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var follower = bench.AddDashboard(leads: false, work: new ScriptedWork { Plan = _ => throw new InvalidOperationException("A follower asked the server.") });
        await bench.StartAsync(follower);
        var run = await bench.AskAsync(Plans.Create());
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Equal(MaintenanceRunState.Queued, (await bench.RowAsync(run)).State);

        await bench.StartAsync();
        await bench.UntilAsync(run, MaintenanceRunState.Done);
        var seen = follower.GetRequiredService<MaintenanceBoard>();
        await Wait.UntilAsync(_ => Task.FromResult(seen.Feed.Latest?.Find(run)?.Run.State == MaintenanceRunState.Done));
    }

    [Fact]
    public async Task A_run_under_way_is_stopped_on_the_server_and_a_queued_one_at_once()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        bench.Work.Until = new TaskCompletionSource().Task;
        await bench.StartAsync();
        var run = await bench.AskAsync(Plans.Create());
        await bench.UntilAsync(run, MaintenanceRunState.Running);
        var waiting = await bench.AskAsync(new AnalyzeTable(Plans.Table()));

        await Assert.ThrowsAsync<PermissionDeniedException>(() => bench.Runs(bench.Sam).StopAsync(run));
        Assert.Null(await bench.Runs().StopAsync(waiting));
        Assert.Equal(MaintenanceRunState.Cancelled, (await bench.RowAsync(waiting)).State);
        Assert.Null(await bench.Runs().StopAsync(run));
        var ended = await bench.UntilAsync(run, MaintenanceRunState.Cancelled);

        Assert.Equal("ada", ended.CancelAskedBy);
        Assert.Contains("ended already", await bench.Runs().StopAsync(run), StringComparison.Ordinal);
        Assert.Contains("maintenance.run Outcome cancelled", await bench.AuditAsync());
    }

    [Theory]
    [InlineData(PrimaryState.Lost, "no other host is a primary")]
    [InlineData(PrimaryState.SplitBrain, "both take writes")]
    public async Task Nothing_is_planned_or_run_while_the_primary_is_lost_or_doubled(PrimaryState state, string words)
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var run = await bench.AskAsync(Plans.Create());
        DatabaseHost[] hosts = [new("127.0.0.1", 1), new("127.0.0.1", 2)];
        bench.Watches.Update(await bench.Services.GetRequiredService<IEnvironmentStore>().ListAsync());
        bench.Watches.Find(MaintenanceBench.Environment)!.Publish(Snapshots.Live() with
        {
            EnvironmentId = bench.EnvironmentId,
            Environment = MaintenanceBench.Environment,
            PublishedAt = TimeProvider.System.GetUtcNow(),
            Hosts = new HostTopology([.. hosts.Select(host => new WatchedHost(host, null, null, null, null, null, null))], new PrimaryStanding(state, hosts[0], TimeProvider.System.GetUtcNow(), 1, hosts), hosts[1]),
        });

        var plan = (await bench.Planning().PlanAsync(MaintenanceBench.Environment, Plans.Create()))!.Plan;
        Assert.Equal((MaintenanceVerdict.No, "primary"), (plan.Verdict, Assert.Single(plan.Reasons).Key));
        await bench.StartAsync();
        Assert.Contains(words, (await bench.UntilAsync(run, MaintenanceRunState.Refused)).Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);
    }

    [Fact]
    public async Task After_a_crash_a_run_is_reconciled_from_its_journal_and_never_run_again()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var run = await bench.AskAsync(Plans.Create());

        // What a process leaves that was killed while its statement ran: the intent, the journal's line, and no end.
        var row = await bench.RowAsync(run);
        var dead = Guid.NewGuid();
        var store = bench.Services.GetRequiredService<MaintenanceRuns>();
        Assert.True(await store.TakeAsync(row, dead, MaintenanceAudit.Intent(row, MaintenanceBench.Environment), CancellationToken.None));
        var journal = bench.Services.GetRequiredService<MaintenanceJournal>();
        var start = new StepStart(run, 0, 1, 4711, DateTimeOffset.UnixEpoch, new StepBaseline { At = DateTimeOffset.UnixEpoch });
        Assert.True(await journal.WriteAsync(run, dead, MaintenanceText.Write(new JournalLine(start, null)), CancellationToken.None));
        RunTrace? asked = null;
        var looks = 0;
        bench.Work.Finds = trace =>
        {
            asked = trace;
            return ++looks == 1
                ? new Reconciliation(run, ReconciledState.StillRunning, "Session 4711 is at work still.", []) { Pid = 4711 }
                : new Reconciliation(run, ReconciledState.LeftSomething, "The index is there and not valid.", []) { Repair = new RepairLeftover(new MaintenanceTarget(1, "public", "idx_documents_tenant", MaintenanceTargetKind.Index, "documents")) };
        };
        await bench.StartAsync();

        await Wait.UntilAsync(async _ => (await bench.RowAsync(run)) is { State: MaintenanceRunState.Reconciling, Words: "Session 4711 is at work still." });
        Assert.False(await journal.WriteAsync(run, dead, "{}", CancellationToken.None));
        var ended = await bench.UntilAsync(run, MaintenanceRunState.LeftSomething);

        Assert.Empty(bench.Work.Sent);
        Assert.Equal(start.Pid, Assert.Single(asked!.Starts).Pid);
        Assert.Equal(row.Script, string.Join(System.Environment.NewLine, asked.Plan.Steps.Select(step => $"{step.Sql};")));
        Assert.Contains("found out afterwards", ended.Words, StringComparison.Ordinal);
        Assert.NotNull(MaintenanceText.Read<MaintenanceOutcome>(ended.Result)!.Repair);
        Assert.Equal(["maintenance.ask Event queued", "maintenance.run Intent", "maintenance.run Outcome left something"], await bench.AuditAsync());
        Assert.True((await bench.Services.GetRequiredService<AuditVerifier>().VerifyAsync()).IsIntact);
        Assert.False(await store.EndAsync(run, dead, MaintenanceRunState.Done, "by the dead", null, MaintenanceAudit.Outcome(row, MaintenanceBench.Environment, MaintenanceRunState.Done, null), CancellationToken.None));
        var failed = await bench.Services.GetRequiredService<FailedRuns>().SinceAsync(bench.EnvironmentId, DateTimeOffset.UnixEpoch);
        Assert.Equal((1, 1, run), (failed.Total, failed.LeftSomething, failed.Last!.Id));
    }

    [Fact]
    public async Task A_server_that_cannot_be_asked_keeps_a_run_reconciling_until_a_person_gives_up()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        var run = await bench.AskAsync(Plans.Create());
        var row = await bench.RowAsync(run);
        await bench.Services.GetRequiredService<MaintenanceRuns>().TakeAsync(row, Guid.NewGuid(), MaintenanceAudit.Intent(row, MaintenanceBench.Environment), CancellationToken.None);
        bench.Work.Finds = trace => new Reconciliation(run, ReconciledState.NotYetKnown, "The server does not answer.", []);
        await bench.StartAsync();

        await Wait.UntilAsync(async _ => (await bench.RowAsync(run)).Words == "The server does not answer.");
        Assert.Null(await bench.Runs().StopAsync(run));
        Assert.Contains("The server does not answer", (await bench.UntilAsync(run, MaintenanceRunState.Unproven)).Words, StringComparison.Ordinal);
        Assert.Empty(bench.Work.Sent);
    }

    [Fact]
    public async Task A_batch_that_ended_early_is_resumed_without_what_is_done()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        await bench.StartAsync();
        var stop = new TaskCompletionSource();
        bench.Work.Until = stop.Task;
        var run = await bench.AskAsync(Plans.Batch("a", "b", "c"));
        await bench.UntilAsync(run, MaintenanceRunState.Running);

        // The first part ends, the second is stopped.
        await Wait.UntilAsync(async over => (await bench.Reading().FindAsync(run, over))!.Starts.Count == 1);
        bench.Work.Until = new TaskCompletionSource().Task;
        stop.SetResult();
        await Wait.UntilAsync(async over => (await bench.Reading().FindAsync(run, over))!.Starts.Count == 2);
        Assert.Null(await bench.Runs().StopAsync(run));
        await bench.UntilAsync(run, MaintenanceRunState.Cancelled);
        var detail = (await bench.Reading().FindAsync(run))!;
        Assert.True(detail.CanResume);

        bench.Work.Until = Task.CompletedTask;
        var answers = await Task.WhenAll(bench.Runs().ResumeAsync(run), bench.Runs().ResumeAsync(run));
        Assert.Equal(answers[0].Run, answers[1].Run);
        await bench.UntilAsync(answers[0].Run!.Value, MaintenanceRunState.Done);
        var resumed = (await bench.Reading().FindAsync(answers[0].Run!.Value))!;

        Assert.Equal([0], resumed.Done);
        Assert.Equal([1, 2], resumed.Starts.Select(start => start.Step));
        Assert.False((await bench.Reading().FindAsync(run))!.CanResume);
    }

    [Fact]
    public async Task A_dashboard_that_stops_in_order_stops_its_runs_and_says_so()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        bench.Work.Until = new TaskCompletionSource().Task;
        var dashboard = bench.AddDashboard();
        var runner = dashboard.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<MaintenanceRunner>().Single();
        await runner.StartAsync(CancellationToken.None);
        var run = await bench.AskAsync(Plans.Create());
        await bench.UntilAsync(run, MaintenanceRunState.Running);

        await runner.StopAsync(CancellationToken.None);

        var ended = await bench.RowAsync(run);
        Assert.Equal(MaintenanceRunState.Cancelled, ended.State);
        Assert.Contains("dashboard was stopped", ended.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_seen_by_every_dashboard()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        bench.Work.Until = new TaskCompletionSource().Task;
        var other = bench.AddDashboard(leads: false);
        await bench.StartAsync(other);
        await bench.StartAsync();
        var run = await bench.AskAsync(Plans.Create());

        foreach (var dashboard in new[] { bench.Services, other })
        {
            var board = dashboard.GetRequiredService<MaintenanceBoard>();
            await Wait.UntilAsync(_ => Task.FromResult(board.Feed.Latest?.Find(run)?.Progress?.Command?.Percent == 40));
        }
    }

    [Fact]
    public async Task What_touched_a_table_or_an_index_is_told_on_its_own_page()
    {
        await using var bench = await MaintenanceBench.CreateAsync();
        await bench.StartAsync();
        var run = await bench.AskAsync(Plans.Create());
        await bench.UntilAsync(run, MaintenanceRunState.Done);
        var maintenance = ActivatorUtilities.CreateInstance<ObjectMaintenanceService>(bench.Services, new KnownCaller(bench.Sam));

        foreach (var name in new[] { "public.documents", "public.idx_documents_tenant" })
        {
            Assert.Equal(run, Assert.Single((await maintenance.OfAsync(MaintenanceBench.Environment, name))!).Id);
        }

        Assert.Empty((await maintenance.OfAsync(MaintenanceBench.Environment, "public.sessions"))!);
    }
}
