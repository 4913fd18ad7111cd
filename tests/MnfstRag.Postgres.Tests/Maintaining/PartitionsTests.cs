using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>Partitioned tables by PostgreSQL's recipe, also nested, with hostile and with long names.</summary>
public sealed class PartitionsTests
{
    private static readonly string Long = new('p', 63);

    private static readonly string Parted = $"""
        CREATE TABLE parted (id int, day date) PARTITION BY RANGE (id);
        CREATE TABLE "Part A" PARTITION OF parted FOR VALUES FROM (0) TO (100);
        CREATE TABLE "{Long}" PARTITION OF parted FOR VALUES FROM (100) TO (200) PARTITION BY RANGE (id);
        CREATE TABLE inner_part PARTITION OF "{Long}" FOR VALUES FROM (100) TO (150);
        INSERT INTO parted SELECT g, now() FROM generate_series(0, 149) g;
        """;

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task An_index_is_built_part_by_part_and_attached_from_the_leaves_up(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Parted);
        var parted = await here.TargetAsync("parted");
        var plan = await here.PlannedAsync(new CreateIndex(parted, "parted_day", new IndexDefinition([new IndexPart("day")])));
        Assert.Equal(
            [StepKind.CreateParentIndex, StepKind.CreateIndex, StepKind.AttachIndex, StepKind.CreateParentIndex, StepKind.CreateIndex, StepKind.AttachIndex, StepKind.AttachIndex],
            plan.Steps.Select(step => step.Kind));
        var outcome = await here.RunAsync(plan);
        Assert.True(outcome.Result == MaintenanceResult.Done, outcome.Words);
        Assert.Equal((true, true), await here.IndexAsync("parted_day"));
        await using var asker = await here.OpenAsync();
        Assert.Equal(4L, await asker.AskAsync<long>("SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid IN (SELECT relid FROM pg_partition_tree('parted'))"));

        await here.RunAsync(new ReindexIndex(await here.TargetAsync("parted_day")), MaintenanceResult.Done);
        await here.RunAsync(new ReindexTable(parted), MaintenanceResult.Done);
        await here.RunAsync(new AnalyzeTable(parted), MaintenanceResult.Done);
        await here.RunAsync(new VacuumTable(parted) { Analyze = true }, MaintenanceResult.Done);
        Assert.Equal(2L, await asker.AskAsync<long>("SELECT count(*) FROM pg_stat_user_tables WHERE vacuum_count > 0"));

        var part = await here.TargetAsync("parted_day_Part A");
        Assert.Equal("part", (await here.PlanAsync(new DropIndex(part))).Reasons[0].Key);
        var drop = await here.PlannedAsync(new DropIndex(await here.TargetAsync("parted_day")));
        Assert.Equal("DROP INDEX public.parted_day", drop.Steps.Single().Sql);
        Assert.Contains(drop.Reasons, reason => reason.Key == "partitioned");
        Assert.Equal(MaintenanceResult.Done, (await here.RunAsync(drop)).Result);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_recipe_that_was_interrupted_goes_on_where_it_stopped(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Parted);
        var create = new CreateIndex(await here.TargetAsync("parted"), "parted_day", new IndexDefinition([new IndexPart("day")]));
        var plan = await here.PlannedAsync(create);
        MaintenanceOutcome stopped;
        await using (await here.HoldAsync("INSERT INTO inner_part VALUES (120)"))
        {
            stopped = await here.RunAsync(plan);
        }

        Assert.Equal(MaintenanceResult.LeftSomething, stopped.Result);
        Assert.Contains("4 of 7 steps are done", stopped.Words, StringComparison.Ordinal);
        Assert.Equal((false, true), await here.IndexAsync("parted_day"));

        // By the stored plan, once the leftover is cleared up; and by a new plan, which finds what is there.
        await here.RunAsync(stopped.Repair!, MaintenanceResult.Done);
        var fresh = await here.PlannedAsync(create);
        Assert.Equal([StepKind.CreateIndex, StepKind.AttachIndex, StepKind.AttachIndex], fresh.Steps.Select(step => step.Kind));
        var resumed = await here.RunAsync(plan, done: stopped.Steps.Where(end => end.Outcome == MaintenanceResult.Done).Select(end => end.Step));
        Assert.True(resumed.Result == MaintenanceResult.Done, resumed.Words);
        Assert.Equal(3, resumed.Steps.Length);
        Assert.Equal((true, true), await here.IndexAsync("parted_day"));
        Assert.Equal("exists", (await here.PlanAsync(create)).Reasons[0].Key);
    }
}
