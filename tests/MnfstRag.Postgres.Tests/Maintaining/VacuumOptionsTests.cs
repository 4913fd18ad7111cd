using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>VACUUM's options as each version has them, and what a vacuum or a rebuild changed of what is empty.</summary>
public sealed class VacuumOptionsTests
{
    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Every_option_that_the_version_has_is_sent_and_proven_and_no_other(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("""
            CREATE TABLE notes (id int PRIMARY KEY, body text) WITH (autovacuum_enabled = off);
            ALTER TABLE notes ALTER body SET STORAGE EXTERNAL;
            INSERT INTO notes SELECT g, repeat('x', 9000) FROM generate_series(1, 30) g;
            CREATE INDEX notes_part ON notes (left(body, 5));
            CREATE TABLE short (id int);
            """);
        var notes = await here.TargetAsync("notes");
        var common = await here.PlannedAsync(new VacuumTable(notes)
        {
            Analyze = true, Freeze = true, EveryPage = true, SkipLocked = true, Verbose = true, IndexCleanup = true, Truncate = false, Workers = 2, SkipToast = true,
        });
        Assert.Equal(
            "VACUUM (FREEZE, ANALYZE, DISABLE_PAGE_SKIPPING, SKIP_LOCKED, INDEX_CLEANUP ON, PROCESS_TOAST OFF, VERBOSE, TRUNCATE OFF, PARALLEL 2) public.notes",
            common.Steps.Single().Sql);
        var done = await here.RunAsync(common);
        Assert.True(done.Result == MaintenanceResult.Done, done.Words);
        Assert.Contains(done.Steps.Single().Notices, notice => notice is { Severity: "INFO" } && notice.Text.Contains("notes", StringComparison.Ordinal));

        foreach (var (operation, since, sql) in new (VacuumTable, int, string)[]
                 {
                     (new(notes) { SkipMain = true }, 16, "VACUUM (PROCESS_MAIN OFF) public.notes"),
                     (new(notes) { SkipDatabaseStatistics = true, BufferLimitKilobytes = 0 }, 16, "VACUUM (SKIP_DATABASE_STATS, BUFFER_USAGE_LIMIT '0 kB') public.notes"),
                     (new(notes) { IndexCleanup = false, Truncate = true, Workers = 0, Only = true }, 18, "VACUUM (INDEX_CLEANUP OFF, TRUNCATE ON, PARALLEL 0) ONLY public.notes"),
                 })
        {
            var plan = await here.PlanAsync(operation);
            if (major < since)
            {
                Assert.Equal((MaintenanceVerdict.No, "version"), (plan.Verdict, plan.Reasons[0].Key));
                continue;
            }

            Assert.Equal(sql, plan.Steps.Single().Sql);
            var outcome = await here.RunAsync(plan);
            Assert.True(outcome.Result == MaintenanceResult.Done, $"{sql}: {outcome.Words}");
        }

        // The TOAST table alone: its books show it, and the table's do not.
        await using var asker = await here.OpenAsync();
        Assert.Equal(major >= 18 ? 3L : major >= 16 ? 2L : 1L, await asker.AskAsync<long>("SELECT pg_stat_get_vacuum_count('notes'::regclass)"));

        foreach (var nonsense in new VacuumTable[]
                 {
                     new(notes) { SkipMain = true, SkipToast = true }, new(notes) { Full = true, SkipToast = true }, new(notes) { Full = true, IndexCleanup = false },
                     new(notes) { Full = true, Workers = 2 }, new(notes) { BufferLimitKilobytes = 5 }, new(notes) { Workers = 2000 }, new(await here.TargetAsync("short")) { SkipMain = true },
                 })
        {
            var plan = await here.PlanAsync(nonsense);
            Assert.True(plan.Verdict == MaintenanceVerdict.No && plan.Reasons.Any(reason => reason.Key is "options" or "version"), $"{nonsense}");
        }

        var age = await here.PlanAsync(new UpdateDatabaseAge());
        Assert.Equal(major >= 16 ? MaintenanceVerdict.Go : MaintenanceVerdict.No, age.Verdict);
        if (major >= 16)
        {
            Assert.Contains("that of its oldest table", (await here.RunAsync(new UpdateDatabaseAge(), MaintenanceResult.Done)).Words, StringComparison.Ordinal);
        }

        Assert.Equal(major, (await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None)).Major);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_is_empty_is_told_before_and_after_and_measured_where_pgstattuple_may_be_called(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("CREATE TABLE items (id int, name text) WITH (autovacuum_enabled = off); INSERT INTO items SELECT g, 'name ' || g FROM generate_series(1, 20000) g; CREATE INDEX items_id ON items (id); ANALYZE items");
        await using (var writer = await here.OpenAsync())
        {
            // A session that ends tells the statistics what it did.
            await writer.RunAsync("DELETE FROM items WHERE id % 10 <> 0");
        }

        await here.Database.Server.UntilAsync("SELECT n_dead_tup = 18000 FROM pg_stat_user_tables WHERE relname = 'items'", here.Database.Name);
        var table = await here.TargetAsync("items");
        var vacuumed = (await here.RunAsync(new VacuumTable(table) { Truncate = false }, MaintenanceResult.Done)).Steps.Single();
        var (before, after) = (vacuumed.Proof!.Before!, vacuumed.Proof.After!);
        Assert.Equal((18000L, 0L), (before.DeadRows, after.DeadRows));
        Assert.All(new[] { before.Empty!, after.Empty! }, empty => Assert.True(empty is { Measured: false, Share: > 0.8 and < 0.95 } && empty.Least <= empty.Share && empty.Share <= empty.Most, $"{empty}"));
        Assert.Contains("of the table was empty or dead before", vacuumed.Words, StringComparison.Ordinal);

        var rebuilt = (await here.RunAsync(new ReindexIndex(await here.TargetAsync("items_id")), MaintenanceResult.Done)).Steps.Single();
        Empty(rebuilt, measured: false);
        Assert.Contains("reckoned from statistics: between", rebuilt.Words, StringComparison.Ordinal);

        // With the extension it is measured, by whoever may.
        await here.RunSqlAsync("CREATE SCHEMA \"Own\"; CREATE EXTENSION pgstattuple SCHEMA \"Own\"; INSERT INTO items SELECT g, 'name ' || g FROM generate_series(20001, 40000) g; DELETE FROM items WHERE id % 10 <> 0");
        await here.RunSqlAsync("VACUUM (TRUNCATE OFF) items");
        var again = (await here.RunAsync(new ReindexIndex(await here.TargetAsync("items_id")), MaintenanceResult.Done)).Steps.Single();
        Empty(again, measured: true);
        Assert.Contains("measured by pgstattuple", again.Words, StringComparison.Ordinal);
        var rewritten = (await here.RunAsync(new VacuumTable(table) { Full = true }, MaintenanceResult.Done)).Steps.Single().Proof!;
        Assert.True(rewritten.Before!.Empty is { Measured: true, Share: > 0.6 } && rewritten.After!.Empty is { Measured: true, Share: < 0.1 }, $"{rewritten.Before!.Empty} {rewritten.After!.Empty}");

        static void Empty(StepEnd end, bool measured)
        {
            var (was, now) = (Of(end.Proof!.Before!), Of(end.Proof.After!));
            Assert.True(was is { Share: > 0.6 } && now is { Share: < 0.3 } && was.Measured == measured && now.Measured == measured, $"{was} {now}");
        }

        static EmptySpace? Of(StepBaseline books) => books.Indexes.Single(index => index.Name == "items_id").Empty;
    }
}
