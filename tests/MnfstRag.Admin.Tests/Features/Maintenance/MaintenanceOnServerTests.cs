using MnfstRag.Admin.Data.Maintenance;
using MnfstRag.Admin.Features.Maintenance;
using MnfstRag.Admin.Live.Maintaining;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Tests.Features.Maintenance;

/// <summary>The whole way on real servers: plan, ask, run, proof, audit.</summary>
public sealed class MaintenanceOnServerTests
{
    public static TheoryData<int> OldestAndNewest() => [PostgresVersions.All[0], PostgresVersions.Newest];

    [Theory]
    [MemberData(nameof(OldestAndNewest))]
    public async Task An_index_is_planned_made_and_proven(int major)
    {
        await using var database = await WatchedDatabase.CreateAsync(major);
        await using var bench = await MaintenanceBench.CreateAsync(database.MaintainUrl);
        await bench.StartAsync();
        var create = new CreateIndex(await database.TableAsync("documents"), "idx_documents_tenant", new IndexDefinition([new IndexPart("tenant_id"), new IndexPart("created_at", Descending: true)]));

        var planned = await bench.PlanAsync(create);
        Assert.True(planned.CanRun, string.Join(' ', planned.Plan.Reasons.Select(reason => reason.Words)));
        var run = (await bench.Runs().RunAsync(new RunRequest(planned.Id, "for the test"))).Run!.Value;
        var ended = await bench.UntilAsync(run, MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.Refused, MaintenanceRunState.LeftSomething);

        Assert.True(ended.State == MaintenanceRunState.Done, ended.Words);
        Assert.True(await database.Database.ScalarAsync<bool>("SELECT indisvalid FROM pg_index WHERE indexrelid = 'public.idx_documents_tenant'::regclass"));
        var detail = (await bench.Reading(bench.Sam).FindAsync(run))!;
        Assert.Contains("CREATE INDEX CONCURRENTLY", ended.Script, StringComparison.Ordinal);
        Assert.Equal(MaintenanceResult.Done, detail.End(0)!.Outcome);
        Assert.NotNull(detail.End(0)!.Proof!.After);
        Assert.Contains("public.idx_documents_tenant", detail.Run.Targets);
        Assert.Equal(["maintenance.ask Event queued", "maintenance.run Intent", "maintenance.run Outcome done"], await bench.AuditAsync());

        // What took this long once is expected to take as long again.
        var again = await bench.PlanAsync(new CreateIndex(create.Table, "idx_documents_other", create.Definition));
        Assert.True(again.Plan.Duration.Runs >= 1, again.Plan.Duration.Words);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_lock_is_stopped_at_any_moment_and_leaves_nothing_unsaid()
    {
        await using var database = await WatchedDatabase.CreateAsync(PostgresVersions.Newest);
        await using var bench = await MaintenanceBench.CreateAsync(database.MaintainUrl);
        await bench.StartAsync();
        await using var holder = await database.Database.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("UPDATE documents SET title = title WHERE id = 1", holder))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var planned = await bench.PlanAsync(new CreateIndex(await database.TableAsync("documents"), "idx_waits", new IndexDefinition([new IndexPart("title")])));
        Assert.NotEqual(MaintenanceVerdict.Go, planned.Plan.Verdict);
        Assert.Contains(planned.Plan.Sessions, session => session.Pid == holder.ProcessID);
        var run = (await bench.Runs().RunAsync(new RunRequest(planned.Id, "for the test"))).Run!.Value;
        await database.Server.UntilAsync("SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('public.idx_waits'))", database.Database.Name);
        Assert.Null(await bench.Runs().StopAsync(run));
        var ended = await bench.UntilAsync(run, MaintenanceRunState.Cancelled, MaintenanceRunState.LeftSomething, MaintenanceRunState.Failed);

        // CREATE INDEX CONCURRENTLY that was cancelled leaves its invalid index: that is said, with the plan that clears it away.
        Assert.Equal(MaintenanceRunState.LeftSomething, ended.State);
        var repair = MaintenanceText.Read<MaintenanceOutcome>(ended.Result)!.Repair!;
        await transaction.RollbackAsync();
        var clear = await bench.AskAsync(repair);
        var cleared = await bench.UntilAsync(clear, MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.Refused);
        Assert.True(cleared.State == MaintenanceRunState.Done, cleared.Words);
        Assert.False(await database.Database.ScalarAsync<bool>("SELECT to_regclass('public.idx_waits') IS NOT NULL"));
    }

    [Fact]
    public async Task An_object_that_another_took_the_place_of_since_the_plan_is_not_touched()
    {
        await using var database = await WatchedDatabase.CreateAsync(PostgresVersions.Newest);
        await using var bench = await MaintenanceBench.CreateAsync(database.MaintainUrl);
        var run = await bench.AskAsync(new AnalyzeTable(await database.TableAsync("documents")));
        await database.Database.ExecuteAsync("ALTER TABLE documents RENAME TO documents_old; CREATE TABLE documents (id int)");
        await bench.StartAsync();

        var ended = await bench.UntilAsync(run, MaintenanceRunState.Refused, MaintenanceRunState.Done, MaintenanceRunState.Failed);

        Assert.Equal(MaintenanceRunState.Refused, ended.State);
        Assert.True(await database.Database.ScalarAsync<bool>("SELECT last_analyze IS NULL FROM pg_stat_user_tables WHERE relname = 'documents_old'"));
    }

    [Fact]
    public async Task Stale_tables_are_analysed_as_one_run()
    {
        await using var database = await WatchedDatabase.CreateAsync(PostgresVersions.Newest);
        await using var bench = await MaintenanceBench.CreateAsync(database.MaintainUrl);
        await bench.StartAsync();
        var batch = new MaintenanceBatch("Analyse 3 stale tables", [new AnalyzeTable(await database.TableAsync("documents")), new AnalyzeTable(await database.TableAsync("sessions")), new AnalyzeTable(await database.TableAsync("messages"))]) { Concurrency = 2 };

        var ended = await bench.UntilAsync(await bench.AskAsync(batch), MaintenanceRunState.Done, MaintenanceRunState.Failed, MaintenanceRunState.Refused);

        Assert.True(ended.State == MaintenanceRunState.Done, ended.Words);
        Assert.Equal(3, await database.Database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_user_tables WHERE last_analyze IS NOT NULL"));
    }
}
