using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>Runs beside each other, called off, written down, in batches, and told while they go on.</summary>
public sealed class RunningTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_table_has_one_run_at_a_time_and_the_second_is_told_who_has_it(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("CREATE TABLE slow (id int PRIMARY KEY); CREATE INDEX slow_index ON slow (id)");
        await using var writer = await here.HoldAsync("INSERT INTO slow VALUES (1)");
        await using var other = here.Beside();
        var first = other.RunAsync(await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index"))), Maintained.Quick with { LockTimeout = TimeSpan.FromMinutes(1) });
        await Wait.UntilAsync(_ => Task.FromResult(!other.Starts.IsEmpty), TimeSpan.FromMinutes(1));
        var plan = await here.PlanAsync(new AnalyzeTable(await here.TargetAsync("slow")));
        var refused = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Refused, refused.Result);
        Assert.Matches($@"The table is being worked on by another session \(pid {other.Starts.Single().Pid}, mnfst-admin maintenance [0-9a-f]{{32}}, for", refused.Words);
        Assert.Empty(here.Starts);
        Assert.False(first.IsCompleted);
        await writer.RunAsync("ROLLBACK");
        Assert.Equal(MaintenanceResult.Done, (await first).Result);
        Assert.Equal(MaintenanceResult.Done, (await here.RunAsync(plan)).Result);
    }

    [Fact]
    public async Task One_run_is_never_at_work_twice()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync(Slow.Table + Slow.On(1));
        var plan = await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index")));
        var id = Guid.NewGuid();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => here.RunAsync(plan, id: id)));
        Assert.Single(outcomes, outcome => outcome.Result == MaintenanceResult.Done);
        Assert.Equal(11, outcomes.Count(outcome => outcome.Result == MaintenanceResult.Refused));
        Assert.Single(here.Starts);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_run_is_called_off_in_the_middle_and_says_what_is_left(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Slow.Table + Slow.On(300));
        using var off = new CancellationTokenSource();
        var running = here.RunAsync(await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index"))), cancellationToken: off.Token);
        await Wait.UntilAsync(_ => Task.FromResult(here.Told.Any(told => told.Command?.Phase.StartsWith("building index", StringComparison.Ordinal) == true)), TimeSpan.FromMinutes(1));
        await off.CancelAsync();
        var outcome = await running;
        Assert.True(outcome.Result == MaintenanceResult.LeftSomething, outcome.Words);
        Assert.StartsWith("Called off.", outcome.Words, StringComparison.Ordinal);
        Assert.True(outcome.Duration < TimeSpan.FromMinutes(1));
        await here.RunSqlAsync("DELETE FROM slowness");
        await here.RunAsync(outcome.Repair!, MaintenanceResult.Done);

        await here.RunSqlAsync(Slow.On(300));
        using var again = new CancellationTokenSource();
        var analyzing = here.RunAsync(await here.PlannedAsync(new AnalyzeTable(await here.TargetAsync("slow"))), cancellationToken: again.Token);
        await Wait.UntilAsync(_ => Task.FromResult(here.Told.Any(told => told.Command?.Command == "ANALYZE")), TimeSpan.FromMinutes(1));
        await again.CancelAsync();
        Assert.Equal((MaintenanceResult.Cancelled, "Called off. Nothing is left behind."), ((await analyzing).Result, (await analyzing).Words));
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_sent()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync("CREATE TABLE items (id int)");
        var plan = await here.PlannedAsync(new CreateIndex(await here.TargetAsync("items"), "items_id", new IndexDefinition([new IndexPart("id")])));
        here.OnStart = _ => throw new IOException("No space left on device");
        var outcome = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Failed, outcome.Result);
        Assert.Contains("journal could not be written", outcome.Words, StringComparison.Ordinal);
        Assert.Null(await here.IndexAsync("items_id"));
    }

    [Fact]
    public async Task A_build_is_told_with_phase_measure_and_a_percentage_that_never_goes_back()
    {
        await Task.WhenAll(PostgresVersions.All.Select(OnAsync));

        static async Task OnAsync(int major)
        {
            await using var here = await Maintained.StartAsync(major);
            // A page has some hundred rows of this width: the scan is told page by page.
            await here.RunSqlAsync("CREATE TABLE wide (id int, filler char(2000)); INSERT INTO wide SELECT g, '' FROM generate_series(1, 400) g; CREATE TABLE slowness (seconds float8); ");
            await here.RunSqlAsync("CREATE FUNCTION slowly(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_catalog.pg_sleep(s.seconds / 400) FROM public.slowness AS s; RETURN $1; END'; CREATE INDEX wide_index ON wide (slowly(id)); INSERT INTO slowness VALUES (1.5); ANALYZE wide");
            var reader = here.FirstSeenAsync();
            var running = here.RunAsync(await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("wide_index"))));
            var seen = await reader;
            Assert.Equal(MaintenanceResult.Done, (await running).Result);
            var told = here.Told.Where(one => one.Command is { Unit: "blocks", Total: > 0 } && one.Command.Phase.StartsWith("building index", StringComparison.Ordinal)).Select(one => one.Command!).ToList();
            Assert.True(told.Count > 3, $"PostgreSQL {major} told {told.Count} times.");
            Assert.Contains(told, one => one is { Rate: > 0, Remaining: not null, PhasePercent: > 0 and <= 100 });
            var percents = here.Told.Select(one => one.Command?.Percent).OfType<double>().ToList();
            Assert.Equal(percents.Order(), percents);
            Assert.True(percents[^1] > percents[0]);
            // The sampler's reader sees the same command, and whose it is.
            Assert.Equal(here.Starts.Single().Run, seen.Run);
            Assert.Equal("public.wide", seen.Table);
        }
    }

    [Fact]
    public async Task A_vacuum_is_told_by_its_pages_and_since_17_by_its_indexes()
    {
        await Task.WhenAll(PostgresVersions.All.Select(OnAsync));

        static async Task OnAsync(int major)
        {
            await using var here = await Maintained.StartAsync(major);
            await here.RunSqlAsync("CREATE TABLE wide (id int, filler char(2000)) WITH (autovacuum_enabled = off); INSERT INTO wide SELECT g, '' FROM generate_series(1, 1500) g; CREATE INDEX wide_id ON wide (id); DELETE FROM wide WHERE id % 2 = 0");
            await here.RunSqlAsync($"ALTER DATABASE \"{here.Database.Name}\" SET vacuum_cost_delay = '30ms'; ALTER DATABASE \"{here.Database.Name}\" SET vacuum_cost_limit = 25");
            await here.RunAsync(new VacuumTable(await here.TargetAsync("wide")), MaintenanceResult.Done);
            var told = here.Told.Select(one => one.Command).OfType<CommandProgress>().ToList();
            Assert.Contains(told, one => one is { Command: "VACUUM", Phase: "scanning heap", Unit: "blocks", Total: > 300 });
            var percents = told.Select(one => one.Percent).OfType<double>().ToList();
            Assert.Equal(percents.Order(), percents);
            Assert.True(percents[^1] > 50, $"PostgreSQL {major}: {string.Join(' ', percents)}");
        }
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_batch_leaves_out_what_cannot_be_run_and_does_the_rest_side_by_side(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("DO $$ BEGIN FOR i IN 1..30 LOOP EXECUTE format('CREATE TABLE t%s (id int)', i); END LOOP; END $$");
        var tables = new List<MaintenanceTarget>();
        for (var table = 1; table <= 30; table++)
        {
            tables.Add(await here.TargetAsync(FormattableString.Invariant($"t{table}")));
        }

        await here.RunSqlAsync("DROP TABLE t7");
        var plan = await here.PlannedAsync(new MaintenanceBatch("All", [.. tables.Select(table => new AnalyzeTable(table)), new VacuumTable(tables[0])]) { Concurrency = 4 });
        Assert.Equal(30, plan.Steps.Length);
        Assert.Contains(plan.Reasons, reason => reason.Words.StartsWith("Left out: public.t7 is no longer there", StringComparison.Ordinal));
        var outcome = await here.RunAsync(plan);
        Assert.True(outcome.Result == MaintenanceResult.Done, outcome.Words);
        Assert.True(here.Starts.Select(start => start.Pid).Distinct().Count() is > 1 and <= 4);
        // Two operations on one table follow each other in order.
        var first = here.Ends.Single(end => end.Step == 0);
        Assert.True(here.Ends.ToList().IndexOf(first) < here.Ends.ToList().FindIndex(end => end.Step == 29));
        await using var asker = await here.OpenAsync();
        Assert.Equal(29L, await asker.AskAsync<long>("SELECT count(*) FROM pg_stat_user_tables WHERE analyze_count = 1"));
    }

    [Fact]
    public async Task A_batch_stops_by_its_rules_and_is_taken_up_again_where_it_stopped()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync("CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE c (id int); CREATE TABLE d (id int);");
        var operations = new List<MaintenanceOperation>();
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            operations.Add(new AnalyzeTable(await here.TargetAsync(name)));
        }

        var strict = await here.PlannedAsync(new MaintenanceBatch("Strict", [.. operations]));
        await using var holder = await here.HoldAsync("LOCK TABLE b IN ACCESS EXCLUSIVE MODE");
        var stopped = await here.RunAsync(strict);
        Assert.Equal(MaintenanceResult.Failed, stopped.Result);
        Assert.Contains("1 of 4 steps is done", stopped.Words, StringComparison.Ordinal);
        Assert.Contains("no further one was begun", stopped.Words, StringComparison.Ordinal);

        var lenient = await here.PlannedAsync(new MaintenanceBatch("Lenient", [.. operations]) { FailuresAllowed = 1 });
        Assert.Contains("3 of 4 steps are done", (await here.RunAsync(lenient)).Words, StringComparison.Ordinal);
        await holder.RunAsync("ROLLBACK");
        var resumed = await here.RunAsync(strict, done: [0]);
        Assert.Equal((MaintenanceResult.Done, 3), (resumed.Result, resumed.Steps.Length));

        var brief = await here.PlannedAsync(new MaintenanceBatch("Brief", [.. operations]) { TimeLimit = TimeSpan.FromTicks(1) });
        Assert.Contains("time is over", (await here.RunAsync(brief)).Words, StringComparison.Ordinal);
        Assert.Equal("batch", (await here.PlanAsync(new MaintenanceBatch("None", []))).Reasons[0].Key);
        Assert.Equal("batch", (await here.PlanAsync(new MaintenanceBatch("Deep", [strict.Operation]))).Reasons[0].Key);
    }
}
