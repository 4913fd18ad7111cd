using System.Diagnostics;
using MnfstRag.Postgres.Embedded;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>What dies in the middle of a run: a backend, the server, the dashboard; and a disk that is full.</summary>
public sealed class FaultsTests
{
    /// <summary>What was committed outlives the server: else the crash would take the catalog's entry of the index with it.</summary>
    private static readonly Dictionary<string, string> Durable = new(StringComparer.Ordinal) { ["synchronous_commit"] = "on" };

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_a_killed_backend_or_a_killed_server_leaves_is_found_and_never_run_again(int major)
    {
        await using var server = await PostgresServer.StartOwnAsync(major, Durable);
        await A_killed_backend_leaves_an_invalid_index_which_is_found_and_cleared_up(server);
        await After_a_killed_server_the_run_is_reconciled_and_not_run_again(server, major);
    }

    private static async Task A_killed_backend_leaves_an_invalid_index_which_is_found_and_cleared_up(PostgresServer server)
    {
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync(Slow.Table + Slow.On(300));
        var plan = await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index")));
        var running = here.RunAsync(plan);
        await BuildingAsync(here);
        await server.KillBackendAsync(here.Starts.Single().Pid);
        var outcome = await running;
        Assert.True(outcome.Result == MaintenanceResult.LeftSomething, outcome.Words);
        Assert.Contains("new half of a rebuild", outcome.Words, StringComparison.Ordinal);
        Assert.Equal((true, true), await here.IndexAsync("slow_index"));
        await here.RunSqlAsync("DELETE FROM slowness");
        await here.RunAsync(outcome.Repair!, MaintenanceResult.Done);
        await here.RunAsync(plan.Operation, MaintenanceResult.Done);
    }

    private static async Task After_a_killed_server_the_run_is_reconciled_and_not_run_again(PostgresServer server, int major)
    {
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync(Slow.Table + Slow.On(300));
        var table = await here.TargetAsync("slow");
        var create = await here.PlannedAsync(new CreateIndex(table, "slow_more", new IndexDefinition([new IndexPart("id")]) { Where = [new IndexPredicate("id", PredicateOperator.Less, "100")] }));
        create = create with { Steps = [create.Steps[0] with { Sql = "CREATE INDEX CONCURRENTLY slow_more ON public.slow (public.slowly(id))" }] };
        var id = Guid.NewGuid();
        var running = here.RunAsync(create, Maintained.Quick with { LostWait = TimeSpan.FromSeconds(1) }, id);
        await BuildingAsync(here);
        await server.KillPostmasterAsync();
        var lost = await running;
        Assert.True(lost.Result == MaintenanceResult.Unproven, lost.Words);

        // While it is down nobody knows; once it is up the catalog tells.
        Assert.True(here.Ends.Single().AskAgain);
        Assert.Equal(ReconciledState.NotYetKnown, (await here.ReconcileAsync(id, create)).State);
        await server.RestartAsync();
        var found = await here.ReconcileAsync(id, create);
        Assert.True(found.State == ReconciledState.LeftSomething, found.Words);
        Assert.Contains("The server was restarted since it began.", found.Words, StringComparison.Ordinal);
        Assert.Equal("slow_more", Assert.IsType<RepairLeftover>(found.Repair).Index.Name);
        Assert.Single(here.Starts);
        await here.RunSqlAsync("DELETE FROM slowness");
        await here.RunAsync(found.Repair!, MaintenanceResult.Done);
        Assert.Null(await here.IndexAsync("slow_more"));

        // A VACUUM whose books were lost in the crash: no evidence either way, and the words say which is missing.
        var vacuum = await here.PlannedAsync(new VacuumTable(table));
        id = Guid.NewGuid();
        here.Starts.Clear();
        here.Ends.Clear();
        Assert.Equal(MaintenanceResult.Done, (await here.RunAsync(vacuum, id: id)).Result);
        here.Ends.Clear();
        await server.KillPostmasterAsync();
        await server.RestartAsync();
        var vacuumed = await here.ReconcileAsync(id, vacuum);
        Assert.True(vacuumed.State == ReconciledState.Unproven || (major == 14 && vacuumed.State == ReconciledState.Done), $"{vacuumed.State} {vacuumed.Words}");
        Assert.Contains(vacuumed.State == ReconciledState.Done ? "statistics show" : "statistics were lost since (the server was restarted)", vacuumed.Words, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_run_whose_dashboard_died_goes_on_and_is_known_by_its_session_until_it_has_ended(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Slow.Table + Slow.On(300));
        var plan = await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index")));
        var id = Guid.NewGuid();

        // What is written down before a step is sent, and a session that goes on without anybody who listens.
        here.OnStart = _ => throw new IOException("The dashboard dies here.");
        await here.RunAsync(plan, id: id);
        var orphan = await here.OpenAsync($"mnfst-admin maintenance {id:N}");
        var (pid, start) = (orphan.ProcessID, new DateTimeOffset(await orphan.AskAsync<DateTime>("SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")));
        var stored = here.Starts.Single() with { Pid = pid, BackendStart = start };
        here.Starts.Clear();
        here.Starts.Enqueue(stored);
        var rebuilding = orphan.RunAsync(plan.Steps[0].Sql);
        await here.Database.Server.UntilAsync($"SELECT count(*) = 1 FROM pg_stat_progress_create_index WHERE pid = {pid}");
        var running = await here.ReconcileAsync(id, plan);
        Assert.Equal((ReconciledState.StillRunning, pid), (running.State, running.Pid));

        // The same id is not begun a second time while it is at work.
        here.OnStart = null;
        await here.Database.Server.ExecuteAsync($"SELECT pg_cancel_backend({pid})");
        await Assert.ThrowsAsync<PostgresException>(() => rebuilding);
        var cut = await here.ReconcileAsync(id, plan);
        Assert.Equal(ReconciledState.LeftSomething, cut.State);
        await here.RunSqlAsync("DELETE FROM slowness");
        await orphan.RunAsync("DROP INDEX CONCURRENTLY slow_index_ccnew");
        Assert.Equal(ReconciledState.Failed, (await here.ReconcileAsync(id, plan)).State);
        await orphan.RunAsync(plan.Steps[0].Sql);
        Assert.Equal(ReconciledState.Done, (await here.ReconcileAsync(id, plan)).State);
        await here.RunSqlAsync("DROP TABLE slow");
        Assert.NotEqual(ReconciledState.Done, (await here.ReconcileAsync(id, plan)).State);
    }

    [SkippableFact]
    public async Task A_full_disk_fails_the_build_and_leaves_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small disk of its own can be mounted by root alone");
        var directory = Directory.CreateTempSubdirectory("full-disk").FullName;
        await using var server = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        if (await ShellAsync("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", directory) != 0)
        {
            Directory.Delete(directory);
            Skip.If(true, "mounting is not allowed here, and no shared disk is filled for a test");
        }

        try
        {
            Assert.Equal(0, await ShellAsync("chown", "--reference", server.DataDirectory, directory));
            await server.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{directory}'");
            await using var here = await Maintained.StartAsync(server);
            await here.RunSqlAsync("CREATE TABLE large (id int, filler text) ; INSERT INTO large SELECT g, md5(g::text) || md5((-g)::text) FROM generate_series(1, 900000) g");
            var plan = await here.PlannedAsync(new CreateIndex(await here.TargetAsync("large"), "large_filler", new IndexDefinition([new IndexPart("filler")])));
            plan = plan with { Steps = [plan.Steps[0] with { Sql = plan.Steps[0].Sql + " TABLESPACE small" }] };
            var outcome = await here.RunAsync(plan);
            Assert.True(outcome.Result == MaintenanceResult.Failed, outcome.Words);
            Assert.Equal("53100", outcome.Steps.Single().SqlState);
            Assert.Contains("disk is full", outcome.Words, StringComparison.Ordinal);
            Assert.True(outcome.Words.Contains("The unfinished public.large_filler was dropped.", StringComparison.Ordinal), outcome.Words);
            Assert.Null(await here.IndexAsync("large_filler"));

            // The same for a rebuild: the old index serves on.
            await here.RunSqlAsync("CREATE INDEX large_id ON large (id) TABLESPACE small");
            var planned = await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("large_id")));
            await File.WriteAllBytesAsync(Path.Combine(directory, "ballast"), new byte[36 * 1024 * 1024]);
            var foreseen = await here.PlanAsync(planned.Operation);
            Assert.True(foreseen.Reasons[0].Key == "disk" && foreseen.Reasons[0].Words.Contains($"are free on the disk of {directory}", StringComparison.Ordinal), foreseen.Reasons[0].Words);
            var rebuild = await here.RunAsync(planned);
            Assert.True(rebuild.Result == MaintenanceResult.Failed, rebuild.Words);
            Assert.Equal("53100", rebuild.Steps.Single().SqlState);
            Assert.Equal((true, true), await here.IndexAsync("large_id"));
            Assert.Null(await here.IndexAsync("large_id_ccnew"));

            var small = await here.PlanAsync(plan.Operation, new PlanOptions { FreeDiskBytes = 1024 * 1024 });
            Assert.True(small.Disk.NeededBytes is null or > 1024 * 1024, small.Disk.Words);
            await here.RunSqlAsync("ANALYZE large");
            small = await here.PlanAsync(plan.Operation, new PlanOptions { FreeDiskBytes = 1024 * 1024 });
            Assert.Equal((MaintenanceVerdict.No, "disk"), (small.Verdict, small.Reasons[0].Key));
            Assert.InRange(small.Disk.NeededBytes!.Value, 60_000_000, 110_000_000);
        }
        finally
        {
            await server.StopAsync(StopMode.Immediate);
            Assert.Equal(0, await ShellAsync("umount", directory));
            Directory.Delete(directory);
        }
    }

    private static Task BuildingAsync(Maintained here) =>
        Wait.UntilAsync(_ => Task.FromResult(here.Told.Any(told => told.Command?.Phase.StartsWith("building index", StringComparison.Ordinal) == true)), TimeSpan.FromMinutes(1));

    private static async Task<int> ShellAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
