using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>What a plan tells beside its SQL: who is in the way, how long, how much room; and settings by their list, type and limits.</summary>
public sealed class PlansTests
{
    [Fact]
    public async Task Old_transactions_and_prepared_ones_are_told_before_they_stall_a_build()
    {
        foreach (var major in new[] { PostgresVersions.All[0], PostgresVersions.Newest }.Distinct())
        {
            await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["max_prepared_transactions"] = "5" });
            await using var here = await Maintained.StartAsync(server);
            await here.RunSqlAsync("CREATE TABLE items (id int); CREATE TABLE elsewhere (id int); CREATE INDEX items_id ON items (id)");
            await using var old = await here.OpenAsync("reporting");
            await old.RunAsync("BEGIN ISOLATION LEVEL REPEATABLE READ");
            await old.RunAsync("SELECT 'a secret' FROM elsewhere");
            await using var preparing = await here.HoldAsync("INSERT INTO items VALUES (1)");
            await preparing.RunAsync("PREPARE TRANSACTION 'the prepared one'");
            var operation = new ReindexIndex(await here.TargetAsync("items_id"));
            await server.UntilAsync("SELECT bool_and(xact_start < clock_timestamp() - interval '1100 milliseconds') FROM pg_stat_activity WHERE application_name = 'reporting'");
            var plan = await here.PlanAsync(operation, new PlanOptions { OldTransaction = TimeSpan.FromSeconds(1) });
            Assert.Equal(MaintenanceVerdict.GoWithCare, plan.Verdict);
            var met = Assert.Single(plan.Sessions, session => session.Role == PlanSessionRole.OlderTransaction && session.Pid == old.ProcessID);
            Assert.Equal("SELECT ? FROM elsewhere", met.Query);
            Assert.True(met.Age > TimeSpan.FromSeconds(1));
            Assert.Contains(plan.Reasons, reason => reason.Key == "old-transaction" && reason.Words.Contains("reporting", StringComparison.Ordinal));
            Assert.Contains(plan.Sessions, session => session is { Role: PlanSessionRole.HoldsLock, Pid: null, Name: "the prepared one", State: "prepared" });
            Assert.Contains(plan.Reasons, reason => reason.Words.StartsWith("Prepared transaction the prepared one holds RowExclusiveLock on public.items", StringComparison.Ordinal));
            await preparing.RunAsync("ROLLBACK PREPARED 'the prepared one'");
        }
    }

    [Fact]
    public async Task Durations_come_from_like_runs_and_are_unknown_without()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync("CREATE TABLE items (id int); INSERT INTO items SELECT generate_series(1, 100000); ANALYZE items");
        var operation = new AnalyzeTable(await here.TargetAsync("items"));
        var first = await here.PlannedAsync(operation);
        Assert.Equal((null, 0), (first.Duration.Expected, first.Duration.Runs));
        var size = first.Size!.TableBytes;
        Assert.InRange(size, 3_000_000, 5_000_000);
        Assert.Equal(100000, first.Size.Rows);
        var plan = await here.PlanAsync(operation, new PlanOptions
        {
            History = [new PastRun("analyze", size / 2, TimeSpan.FromSeconds(10)), new PastRun("analyze", size, TimeSpan.FromSeconds(30)), new PastRun("analyze", size * 2, TimeSpan.FromSeconds(50)), new PastRun("vacuum", size, TimeSpan.FromHours(1), SameObject: true)],
        });
        Assert.Equal((25, 30, 3), ((int)plan.Duration.Expected!.Value.TotalSeconds, (int)plan.Duration.AtMost!.Value.TotalSeconds, plan.Duration.Runs));
        Assert.StartsWith("About 25 s, at most 30 s, from 3 like runs", plan.Duration.Words, StringComparison.Ordinal);
        Assert.Equal(plan.Fingerprint, first.Fingerprint);
    }

    [Fact]
    public async Task Only_the_guides_settings_can_be_changed_and_only_to_what_they_take()
    {
        foreach (var major in new[] { PostgresVersions.All[0], PostgresVersions.Newest }.Distinct())
        {
            await using var server = await PostgresServer.StartOwnAsync(major, new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_preload_libraries"] = "auto_explain" });
            await using var here = await Maintained.StartAsync(server);
            foreach (var (name, value, key) in new[]
                     {
                         ("archive_command", "rm -rf /", "not-listed"), ("fsync", "off", "not-listed"), ("Work_Mem", "4MB", "not-listed"), ("work_mem", "4MB'; DROP TABLE x", "value"), ("work_mem", "1kB", "value"),
                         ("work_mem", "4 parsecs", "value"), ("random_page_cost", "1.1MB", "value"), ("max_connections", "10.5", "value"), ("checkpoint_completion_target", "2", "value"),
                         ("shared_preload_libraries", "evil", "value"), ("shared_preload_libraries", null!, "value"),
                     })
            {
                var refused = await here.PlanAsync(new ChangeSetting(name, value));
                Assert.True(refused.Verdict == MaintenanceVerdict.No && refused.Reasons[0].Key == key && refused.Steps.IsEmpty, $"{name} = {value}: {string.Join(' ', refused.Reasons.Select(reason => reason.Words))}");
            }

            var changed = await here.RunAsync(new ChangeSetting("work_mem", "8MB"), MaintenanceResult.Done);
            Assert.Equal(2, changed.Steps.Length);
            Assert.Contains("postgresql.auto.conf has work_mem = 8MB", changed.Steps[0].Words, StringComparison.Ordinal);
            await server.UntilAsync("SELECT setting = '8192' FROM pg_settings WHERE name = 'work_mem'");
            await here.RunAsync(new ChangeSetting("work_mem", null), MaintenanceResult.Done);
            var pending = await here.PlannedAsync(new ChangeSetting("max_connections", "50"));
            Assert.Contains(pending.Reasons, reason => reason.Key == "restart");
            Assert.Equal(MaintenanceResult.Done, (await here.RunAsync(pending)).Result);
            await server.UntilAsync("SELECT pending_restart FROM pg_settings WHERE name = 'max_connections'");

            var preload = await here.PlannedAsync(new ChangeSetting("shared_preload_libraries", "pg_stat_statements"));
            Assert.Equal("ALTER SYSTEM SET shared_preload_libraries = 'auto_explain', 'pg_stat_statements'", preload.Steps[0].Sql);
            var gained = await here.RunAsync(preload);
            Assert.True(gained.Result == MaintenanceResult.Done, gained.Words);

            var catalog = await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None);
            var database = catalog.Databases.Single(one => one.Name == here.Database.Name);
            await here.RunAsync(new ChangeSetting("work_mem", "16MB", database), MaintenanceResult.Done);
            await here.RunAsync(new ChangeSetting("work_mem", null, database), MaintenanceResult.Done);
            await here.RunAsync(new ChangeSetting("random_page_cost", "1.1", catalog.Roles.First()), MaintenanceResult.Done);
            Assert.Equal("scope", (await here.PlanAsync(new ChangeSetting("max_connections", "50", database))).Reasons[0].Key);
            await here.RunAsync(new ReloadConfiguration(), MaintenanceResult.Done);
        }
    }

    [Fact]
    public async Task Free_disk_is_told_where_it_can_be_seen_and_else_said_to_be_unknown()
    {
        var server = await PostgresServers.GetAsync(PostgresVersions.Newest);
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync("CREATE TABLE items (id int); INSERT INTO items SELECT generate_series(1, 1000); CREATE INDEX items_id ON items (id)");
        var operation = new ReindexIndex(await here.TargetAsync("items_id"));

        // The server's own data directory is on this machine: its control file says that it is that server's.
        var seen = (await here.PlannedAsync(operation)).Disk;
        Assert.True(seen.FreeBytes > 0 && seen.Words.Contains($"free on the disk of {server.DataDirectory}, which is on this machine.", StringComparison.Ordinal), seen.Words);

        // A role that may not read where it is, as on a managed server.
        here.Url = here.UrlFor(await server.CreateRoleAsync());
        await here.RunSqlAsync($"ALTER TABLE items OWNER TO \"{here.Url.User}\"");
        var hidden = (await here.PlanAsync(operation)).Disk;
        Assert.Null(hidden.FreeBytes);
        Assert.Contains("is unknown: SQL has no function that tells it", hidden.Words, StringComparison.Ordinal);

        var stated = (await here.PlanAsync(operation, new PlanOptions { DataDirectory = Path.GetTempPath() })).Disk;
        Assert.True(stated.FreeBytes > 0 && stated.Words.Contains("which the settings name as the server's", StringComparison.Ordinal), stated.Words);
        Assert.Null((await here.PlanAsync(operation, new PlanOptions { DataDirectory = "/no/such/volume" })).Disk.FreeBytes);
    }
}
