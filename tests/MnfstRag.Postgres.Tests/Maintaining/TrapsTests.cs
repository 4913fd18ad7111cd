using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>How servers answer with success to work that was not done, and what is left when it was not: none of it may be told as done.</summary>
public sealed class TrapsTests
{
    private const string Items = "CREATE TABLE items (id int PRIMARY KEY, name text); INSERT INTO items SELECT g, 'n' || g FROM generate_series(1, 500) g; CREATE INDEX items_name ON items (name);";

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_vacuum_that_skips_a_table_of_another_owner_has_failed(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync(Items);
        var role = await server.CreateRoleAsync();
        await server.ExecuteAsync($"ALTER ROLE \"{role.Name}\" SET client_min_messages = 'error'");
        var table = await here.TargetAsync("items");
        var asOwner = await here.PlannedAsync(new VacuumTable(table));
        here.Url = here.UrlFor(role);

        var plan = await here.PlanAsync(new VacuumTable(table));
        Assert.Equal(MaintenanceVerdict.No, plan.Verdict);
        Assert.Equal("privilege", plan.Reasons[0].Key);
        Assert.Contains("skip it", plan.Reasons[0].Words, StringComparison.Ordinal);

        // The rights were lost between plan and run: the server says VACUUM, and a warning that the role had asked not to hear.
        var outcome = await here.RunAsync(asOwner);
        Assert.Equal(MaintenanceResult.Failed, outcome.Result);
        Assert.Equal("01000", outcome.Steps.Single().SqlState);
        Assert.Equal("WARNING", outcome.Steps.Single().Notices.Single().Severity);

        // What the plan says would help does help.
        await here.RunSqlAsync(plan.Reasons[0].Sql!);
        Assert.Contains(major >= 17 ? "MAINTAIN" : "GRANT", plan.Reasons[0].Sql!, StringComparison.Ordinal);
        await here.RunAsync(new VacuumTable(table), MaintenanceResult.Done);
        foreach (MaintenanceOperation operation in new MaintenanceOperation[] { new ReindexIndex(await here.TargetAsync("items_name")), new AnalyzeTable(table) })
        {
            await here.RunAsync(operation, MaintenanceResult.Done);
        }
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Without_ownership_no_index_is_built_rebuilt_or_dropped(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync(Items);
        here.Url = here.UrlFor(await server.CreateRoleAsync());
        var (table, index) = (await here.TargetAsync("items"), await here.TargetAsync("items_name"));
        foreach (MaintenanceOperation operation in new MaintenanceOperation[]
                 {
                     new ReindexIndex(index), new ReindexTable(table), new DropIndex(index), new CreateIndex(table, "more", new IndexDefinition([new IndexPart("name")])),
                     new ResetStatistics(StatisticsKind.Database), new ChangeSetting("work_mem", "8MB"), new ReloadConfiguration(), new CreateExtension("pgstattuple"),
                 })
        {
            var plan = await here.PlanAsync(operation);
            Assert.True(plan.Verdict == MaintenanceVerdict.No && plan.Reasons.Any(reason => reason.Key == "privilege"), $"{operation.Title}: {string.Join(' ', plan.Reasons.Select(reason => reason.Words))}");
            Assert.DoesNotContain("SET lock_timeout", plan.Script, StringComparison.Ordinal);
            Assert.Equal(MaintenanceResult.Refused, (await here.RunAsync(plan)).Result);
        }

        Assert.Empty(here.Starts);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_table_that_was_skipped_because_it_is_locked_was_not_vacuumed(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        var plan = await here.PlannedAsync(new VacuumTable(await here.TargetAsync("items")) { SkipLocked = true });
        await using var holder = await here.HoldAsync("LOCK TABLE items IN ACCESS EXCLUSIVE MODE");
        var skipped = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Failed, skipped.Result);
        Assert.Equal("55P03", skipped.Steps.Single().SqlState);
        Assert.Contains("not counted as done", skipped.Words, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_lock_holder_that_never_lets_go_is_named_and_nobody_queues_behind_us_for_long(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        var table = await here.TargetAsync("items");
        await using var holder = await here.HoldAsync("LOCK TABLE items IN ACCESS SHARE MODE");
        var plan = await here.PlannedAsync(new VacuumTable(table) { Full = true });
        var met = Assert.Single(plan.Sessions, session => session.Role == PlanSessionRole.HoldsLock);
        Assert.Equal(holder.ProcessID, met.Pid);
        Assert.Equal(MaintenanceVerdict.GoWithCare, plan.Verdict);
        Assert.True(plan.IsDisruptive);

        var outcome = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Failed, outcome.Result);
        Assert.Contains($"Session {holder.ProcessID} (", outcome.Words, StringComparison.Ordinal);
        Assert.Contains("2 tries", outcome.Words, StringComparison.Ordinal);
        Assert.Equal("55P03", outcome.Steps.Single().SqlState);
        Assert.Equal([1, 2], here.Starts.Select(start => start.Attempt));
        Assert.Contains(here.Told, told => told.RetryIn is not null);
        Assert.Contains(here.Told, told => told.Words.Contains($"waiting for a lock of session {holder.ProcessID}", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_a_build_leaves_at_its_lock_timeout_is_cleared_up_before_the_next_try(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        await using var holder = await here.HoldAsync("INSERT INTO items VALUES (1000, 'new')");
        var plan = await here.PlannedAsync(new CreateIndex(await here.TargetAsync("items"), "items_more", new IndexDefinition([new IndexPart("name"), new IndexPart("id")])));
        Assert.Contains(plan.Sessions, session => session.Role == PlanSessionRole.HoldsLock && session.Pid == holder.ProcessID);
        // The writer lets go once the first try has failed and its leftover is being dropped.
        var freed = Task.Run(async () =>
        {
            await Wait.UntilAsync(_ => Task.FromResult(here.Told.Any(told => told.Words.StartsWith("Clear up", StringComparison.Ordinal))), TimeSpan.FromMinutes(1));
            Assert.Equal((false, false), await here.IndexAsync("items_more"));
            await holder.RunAsync("ROLLBACK");
        });
        var outcome = await here.RunAsync(plan, Maintained.Quick with { Attempts = 8 });
        await freed;
        Assert.True(outcome.Result == MaintenanceResult.Done, outcome.Words);
        Assert.True(outcome.Steps.Single().Attempts > 1);
        Assert.Equal((true, true), await here.IndexAsync("items_more"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_cannot_be_cleared_up_is_told_and_a_repair_clears_it_up_later(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        var table = await here.TargetAsync("items");
        var create = new CreateIndex(table, "items_more", new IndexDefinition([new IndexPart("name"), new IndexPart("id")]));
        MaintenanceOutcome outcome;
        await using (await here.HoldAsync("INSERT INTO items VALUES (1000, 'new')"))
        {
            outcome = await here.RunAsync(create, MaintenanceResult.LeftSomething);
        }

        Assert.Equal((false, false), await here.IndexAsync("items_more"));
        var repair = Assert.IsType<RepairLeftover>(outcome.Repair);
        Assert.Equal("items_more", repair.Index.Name);

        // IF NOT EXISTS takes the invalid one for success (42P07): not here.
        var forged = await here.PlannedAsync(new CreateIndex(table, "items_other", create.Definition));
        forged = forged with { Steps = [forged.Steps[0] with { Sql = "CREATE INDEX CONCURRENTLY IF NOT EXISTS items_more ON public.items (name, id)" }] };
        var pretended = await here.RunAsync(forged);
        Assert.Equal(MaintenanceResult.Failed, pretended.Result);
        Assert.Equal("42P07", pretended.Steps.Single().SqlState);

        // Asked for again, the plan drops the invalid one first and says so.
        var again = await here.PlannedAsync(create);
        Assert.Equal([StepKind.DropIndex, StepKind.CreateIndex], again.Steps.Select(step => step.Kind));
        Assert.Contains(again.Reasons, reason => reason.Key == "leftover");

        await here.RunAsync(repair, MaintenanceResult.Done);
        Assert.Null(await here.IndexAsync("items_more"));
        await here.RunAsync(create, MaintenanceResult.Done);
        Assert.Equal("valid", (await here.PlanAsync(new RepairLeftover(await here.TargetAsync("items_more")))).Reasons[0].Key);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task The_half_of_an_interrupted_rebuild_is_told_and_hinders_the_next_until_it_is_dropped(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        var table = await here.TargetAsync("items");
        var before = await here.PlannedAsync(new ReindexTable(table));
        MaintenanceOutcome outcome;
        await using (await here.HoldAsync("INSERT INTO items VALUES (1000, 'new')"))
        {
            outcome = await here.RunAsync(new ReindexIndex(await here.TargetAsync("items_name")), MaintenanceResult.LeftSomething);
        }

        Assert.Equal((false, false), await here.IndexAsync("items_name_ccnew"));
        Assert.Equal((true, true), await here.IndexAsync("items_name"));
        Assert.Contains("new half of a rebuild", outcome.Words, StringComparison.Ordinal);

        // REINDEX TABLE CONCURRENTLY passes the invalid one over with a warning (0A000) and says REINDEX.
        var refused = await here.PlanAsync(new ReindexTable(table));
        Assert.Equal((MaintenanceVerdict.No, "leftover"), (refused.Verdict, refused.Reasons[0].Key));
        var passed = await here.RunAsync(before);
        Assert.Equal(MaintenanceResult.Failed, passed.Result);
        Assert.Contains(passed.Steps.Single().SqlState, new[] { "0A000", "55000" });

        var catalog = await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None);
        var leftover = Assert.Single(catalog.Indexes, index => index.Leftover is not null);
        Assert.Equal(IndexLeftoverKind.UnfinishedRebuild, leftover.Leftover);
        Assert.Equal("leftover", (await here.PlanAsync(new RepairLeftover(leftover.Target, Rebuild: true))).Reasons[0].Key);
        await here.RunAsync(refused.Reasons[0].Repair!, MaintenanceResult.Done);
        await here.RunAsync(new ReindexTable(table), MaintenanceResult.Done);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_drop_that_was_stopped_by_a_lock_goes_on_or_tells_that_the_index_is_no_longer_valid(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Items);
        var drop = new DropIndex(await here.TargetAsync("items_name"));
        var holder = await here.HoldAsync("INSERT INTO items VALUES (1000, 'new')");
        var stopped = await here.RunAsync(drop, MaintenanceResult.LeftSomething);
        Assert.Equal([1, 2], here.Starts.Select(start => start.Attempt));
        Assert.False((await here.IndexAsync("items_name"))!.Value.Valid);
        var running = here.RunAsync(await here.PlannedAsync(stopped.Repair!), Maintained.Quick with { Attempts = 20 });
        await Wait.UntilAsync(_ => Task.FromResult(here.Told.Count(told => told.RetryIn is not null) > 2), TimeSpan.FromMinutes(1));
        await holder.RunAsync("ROLLBACK");
        Assert.Equal(MaintenanceResult.Done, (await running).Result);
        Assert.Null(await here.IndexAsync("items_name"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_build_that_somebody_else_cancels_has_failed_and_leaves_nothing(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Slow.Table + Slow.On(300));
        var running = here.RunAsync(await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index"))));
        await Wait.UntilAsync(_ => Task.FromResult(here.Told.Any(told => told.Command?.Phase.StartsWith("building index", StringComparison.Ordinal) == true)), TimeSpan.FromMinutes(1));
        await here.RunSqlAsync($"SELECT pg_cancel_backend({here.Starts.Single().Pid})");
        var outcome = await running;
        Assert.True(outcome.Result == MaintenanceResult.Failed, outcome.Words);
        Assert.Contains("by somebody else, or by a time limit", outcome.Words, StringComparison.Ordinal);
        Assert.Contains("The unfinished public.slow_index_ccnew was dropped.", outcome.Words, StringComparison.Ordinal);
        Assert.Null(await here.IndexAsync("slow_index_ccnew"));
        Assert.Equal((true, true), await here.IndexAsync("slow_index"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Leftovers_with_digits_and_cut_names_are_known_and_each_repaired_in_its_way(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        var longest = new string('x', 63 - "_ccold1".Length) + "_ccold1";
        await here.RunSqlAsync($"""
            {Items}
            CREATE INDEX "{longest}" ON items (id);
            CREATE INDEX "items_name_ccnew2" ON items (name);
            CREATE INDEX unfinished ON items (name, id);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('"{longest}"'::regclass, 'items_name_ccnew2'::regclass, 'unfinished'::regclass);
            """);
        var catalog = await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None);
        Assert.Equal(
            [("items_name_ccnew2", IndexLeftoverKind.UnfinishedRebuild), ("unfinished", IndexLeftoverKind.Invalid), (longest, IndexLeftoverKind.ReplacedByRebuild)],
            catalog.Indexes.Where(index => index.Leftover is not null).Select(index => (index.Target.Name, index.Leftover!.Value)).OrderBy(one => one.Name, StringComparer.Ordinal));
        await here.RunAsync(new RepairLeftover(await here.TargetAsync("unfinished"), Rebuild: true), MaintenanceResult.Done);
        Assert.Equal((true, true), await here.IndexAsync("unfinished"));
        await here.RunAsync(new RepairLeftover(await here.TargetAsync(longest)), MaintenanceResult.Done);
        await here.RunAsync(new RepairLeftover(await here.TargetAsync("items_name_ccnew2")), MaintenanceResult.Done);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_time_limit_of_the_role_does_not_cut_a_build_short(int major)
    {
        var server = await PostgresServers.GetAsync(major);
        await using var here = await Maintained.StartAsync(server);
        var role = await server.CreateRoleWithAsync("SUPERUSER");
        await server.ExecuteAsync($"ALTER ROLE \"{role.Name}\" SET statement_timeout = '100ms'; ALTER ROLE \"{role.Name}\" SET default_transaction_read_only = on;{(major >= 17 ? $"ALTER ROLE \"{role.Name}\" SET transaction_timeout = '100ms'" : "")}");
        await here.RunSqlAsync(Slow.Table + Slow.On(0.5));
        here.Url = here.UrlFor(role);
        var outcome = await here.RunAsync(await here.PlannedAsync(new ReindexIndex(await here.TargetAsync("slow_index"))));
        Assert.True(outcome.Result == MaintenanceResult.Done, outcome.Words);
        Assert.True(outcome.Duration > TimeSpan.FromMilliseconds(500));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_PostgreSQL_cannot_do_concurrently_is_refused_by_the_plan(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("CREATE TABLE stays (room int4range, EXCLUDE USING gist (room WITH &&)); CREATE INDEX stays_room ON stays (room); CREATE TEMP TABLE short (id int);");
        Assert.Equal("exclusion", (await here.PlanAsync(new ReindexIndex(await here.TargetAsync("stays_room_excl")))).Reasons[0].Key);
        var table = await here.PlannedAsync(new ReindexTable(await here.TargetAsync("stays")));
        Assert.Equal("REINDEX INDEX CONCURRENTLY public.stays_room", table.Steps.Single().Sql);
        Assert.Equal("constraint", (await here.PlanAsync(new DropIndex(await here.TargetAsync("stays_room_excl")))).Reasons[0].Key);
        Assert.Equal("kind", (await here.PlanAsync(new ReindexIndex(await here.TargetAsync("pg_class_oid_index", "pg_catalog")))).Reasons[0].Key);
        Assert.Equal(major >= 18 ? MaintenanceVerdict.Go : MaintenanceVerdict.No, (await here.PlanAsync(new VacuumTable(await here.TargetAsync("stays")) { Only = true })).Verdict);
        Assert.Equal(major >= 16 ? MaintenanceVerdict.Go : MaintenanceVerdict.No, (await here.PlanAsync(new AnalyzeTable(await here.TargetAsync("stays")) { BufferLimitKilobytes = 256 })).Verdict);
    }
}
