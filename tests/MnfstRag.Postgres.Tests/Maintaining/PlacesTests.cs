using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>Where maintenance may run: on a primary, over a direct way.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PlacesTests
{
    [Fact]
    public async Task On_a_standby_nothing_is_changed_but_what_is_its_own()
    {
        await using var primary = await PostgresServer.StartOwnAsync(PostgresVersions.Newest);
        await primary.ExecuteAsync("CREATE EXTENSION pg_stat_statements; CREATE TABLE items (id int); INSERT INTO items VALUES (1); CREATE INDEX items_id ON items (id)");
        await using var standby = await Standby.StartAsync(primary);
        var (there, here) = (UrlOf(primary), UrlOf(standby));
        var catalog = await new MaintenanceCatalogReader(there).ReadAsync(CancellationToken.None);
        var (table, index) = (catalog.Tables.Single().Target, catalog.Indexes.Single().Target);
        var operations = new MaintenanceOperation[]
        {
            new VacuumTable(table), new AnalyzeTable(table), new ReindexIndex(index), new ReindexTable(table), new DropIndex(index), new CreateIndex(table, "more", new IndexDefinition([new IndexPart("id")])), new CreateExtension("pg_trgm"),
        };
        foreach (var operation in operations)
        {
            var refused = await Planner(here).PlanAsync(operation, new PlanOptions(), CancellationToken.None);
            Assert.True(refused.Verdict == MaintenanceVerdict.No && refused.Reasons.Any(reason => reason.Key == "standby"), operation.Title);

            // Planned on the primary, and the address leads to a standby by the time of the run.
            var plan = await Planner(there).PlanAsync(operation, new PlanOptions(), CancellationToken.None);
            Assert.Equal(1, plan.Server!.Standbys);
            var outcome = await new MaintenanceExecutor(here, Maintained.Quick, TimeProvider.System).RunAsync(new MaintenanceRun(Guid.NewGuid(), plan), new NoJournal(), null, CancellationToken.None);
            Assert.True(outcome.Result == MaintenanceResult.Refused && outcome.Words.Contains("standby", StringComparison.Ordinal), outcome.Words);
        }

        var reset = await Planner(here).PlanAsync(new ResetStatistics(StatisticsKind.Statements), new PlanOptions(), CancellationToken.None);
        Assert.Equal(MaintenanceVerdict.GoWithCare, reset.Verdict);
        var done = await new MaintenanceExecutor(here, Maintained.Quick, TimeProvider.System).RunAsync(new MaintenanceRun(Guid.NewGuid(), reset), new NoJournal(), null, CancellationToken.None);
        Assert.True(done.Result == MaintenanceResult.Done, done.Words);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pooler_in_transaction_mode_is_refused_and_one_in_session_mode_is_not(bool ignoresOptions)
    {
        Skip.IfNot(PgBouncer.IsInstalled, "pgbouncer is not installed");
        var server = await PostgresServers.GetAsync(PostgresVersions.Newest);
        await using var here = await Maintained.StartAsync(server);
        await here.RunSqlAsync("CREATE TABLE items (id int)");
        var direct = await here.PlannedAsync(new AnalyzeTable(await here.TargetAsync("items")));
        await using (var transaction = await PgBouncer.StartAsync(server, "transaction", ignoresOptions))
        {
            here.Url = DatabaseUrl.Parse(transaction.Url(here.Database.Name)).Url!;
            var plan = await here.PlanAsync(direct.Operation);
            Assert.Equal((MaintenanceVerdict.No, "pooler"), (plan.Verdict, plan.Reasons.Single().Key));
            Assert.Contains("direct address", plan.Reasons.Single().Words, StringComparison.Ordinal);
            var outcome = await here.RunAsync(direct);
            Assert.Equal((MaintenanceResult.Refused, plan.Reasons.Single().Words), (outcome.Result, outcome.Words));
        }

        await using var session = await PgBouncer.StartAsync(server, "session", ignoresOptions);
        here.Url = DatabaseUrl.Parse(session.Url(here.Database.Name)).Url!;
        await here.RunAsync(direct.Operation, MaintenanceResult.Done);
    }

    [Fact]
    public async Task An_address_that_leads_elsewhere_or_nowhere_sends_nothing()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await using var other = await Maintained.StartAsync(PostgresVersions.All[0]);
        await here.RunSqlAsync("CREATE TABLE items (id int)");
        var plan = await here.PlannedAsync(new AnalyzeTable(await here.TargetAsync("items")));
        here.Url = other.Url;
        Assert.Contains("another server", (await here.RunAsync(plan)).Words, StringComparison.Ordinal);
        here.Url = DatabaseUrl.Parse($"postgresql://u:secret-word@127.0.0.1:{FreePort.Find()}/x").Url!;
        var nowhere = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Refused, nowhere.Result);
        Assert.Contains("Nothing listens", nowhere.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-word", nowhere.Words, StringComparison.Ordinal);
        Assert.Equal((MaintenanceVerdict.No, "server"), ((await here.PlanAsync(plan.Operation)).Verdict, (await here.PlanAsync(plan.Operation)).Reasons.Single().Key));
        Assert.NotNull((await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None)).Fault);
        here.Url = DatabaseUrl.Parse("sqlite:///x.db").Url!;
        Assert.Equal("address", (await here.PlanAsync(plan.Operation)).Reasons.Single().Key);
        here.Url = DatabaseUrl.Parse("postgresql://postgres.ref:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres").Url!;
        Assert.Equal("pooler", (await here.PlanAsync(plan.Operation)).Reasons.Single().Key);
    }

    private static MaintenancePlanner Planner(DatabaseUrl url) => new(url, TimeProvider.System);

    private static DatabaseUrl UrlOf(PostgresServer server) => DatabaseUrl.Parse(server.ConnectionString()).Url!;

    private sealed class NoJournal : IMaintenanceJournal
    {
        public Task StartingAsync(StepStart start, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EndedAsync(StepEnd end, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
