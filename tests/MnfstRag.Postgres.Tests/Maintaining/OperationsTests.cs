using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>Each operation from plan to proof, on a server of every version.</summary>
public sealed class OperationsTests
{
    private const string Documents = """
        CREATE TABLE documents (id int PRIMARY KEY, tenant_id int NOT NULL, status text NOT NULL, body text, created_at timestamptz NOT NULL DEFAULT now());
        INSERT INTO documents (id, tenant_id, status, body) SELECT g, g % 7, 'ready', repeat('word ', 20) FROM generate_series(1, 2000) g;
        CREATE INDEX documents_status ON documents (status);
        """;

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Analyze_and_vacuum_are_proven_by_the_statistics(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Documents + "DELETE FROM documents WHERE id > 1000;");
        var table = await here.TargetAsync("documents");
        var analyzed = await here.RunAsync(new AnalyzeTable(table), MaintenanceResult.Done);
        Assert.Contains("statistics show the ANALYZE", analyzed.Words, StringComparison.Ordinal);
        Assert.Equal(1L, analyzed.Steps[0].Proof!.After!.Analyzes);
        var vacuumed = await here.RunAsync(new VacuumTable(table) { Analyze = true, Freeze = true, Truncate = false, Workers = 0 }, MaintenanceResult.Done);
        Assert.Contains("statistics show the VACUUM", vacuumed.Words, StringComparison.Ordinal);
        Assert.Equal(0L, vacuumed.Steps[0].Proof!.After!.DeadRows);
        var rewritten = await here.RunAsync(new VacuumTable(table) { Full = true }, MaintenanceResult.Done);
        Assert.Contains("new file", rewritten.Words, StringComparison.Ordinal);
        Assert.True(rewritten.Steps[0].Proof!.After!.TableBytes < rewritten.Steps[0].Proof!.Before!.TableBytes);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Indexes_are_built_rebuilt_and_dropped_and_the_catalog_proves_it(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Documents);
        var table = await here.TargetAsync("documents");
        var definition = new IndexDefinition([new IndexPart("tenant_id"), new IndexPart("created_at", Descending: true, NullsFirst: false)])
        {
            Include = ["status"],
            Where = [new IndexPredicate("status", PredicateOperator.NotEqual, "it's done"), new IndexPredicate("created_at", PredicateOperator.Greater, "2024-01-31 12:00+02"), new IndexPredicate("body", PredicateOperator.IsNotNull)],
        };
        var plan = await here.PlannedAsync(new CreateIndex(table, "documents_recent", definition));
        Assert.Equal(
            "CREATE INDEX CONCURRENTLY documents_recent ON public.documents USING btree (tenant_id, created_at DESC NULLS LAST) INCLUDE (status) "
            + "WHERE status <> 'it''s done'::text AND created_at > '2024-01-31 10:00:00+00'::timestamp with time zone AND body IS NOT NULL",
            plan.Steps.Single().Sql);
        var built = await here.RunAsync(plan);
        Assert.Equal(MaintenanceResult.Done, built.Result);
        Assert.Equal((true, true), await here.IndexAsync("documents_recent"));

        await here.RunAsync(new CreateIndex(table, "documents_words", new IndexDefinition([new IndexPart("body", Kind: IndexPartKind.EnglishText)]) { Method = IndexMethod.Gin }), MaintenanceResult.Done);
        var index = await here.TargetAsync("documents_recent");
        await here.RunAsync(new ReindexIndex(index), MaintenanceResult.Done);
        var all = await here.RunAsync(new ReindexTable(table), MaintenanceResult.Done);
        Assert.Contains("indexes have new files", all.Words, StringComparison.Ordinal);
        // A rebuilt index has another oid: what was chosen before is not there any more.
        Assert.Contains("no longer there", (await here.PlanAsync(new DropIndex(index))).Reasons[0].Words, StringComparison.Ordinal);
        await here.RunAsync(new DropIndex(await here.TargetAsync("documents_recent")), MaintenanceResult.Done);
        Assert.Null(await here.IndexAsync("documents_recent"));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Constraints_extensions_and_counters_are_proven_each_in_its_way(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Documents + "ALTER TABLE documents ADD CONSTRAINT \"Tenant known\" CHECK (tenant_id >= 0) NOT VALID; ALTER TABLE documents ADD CONSTRAINT few CHECK (id < 10) NOT VALID;");
        var catalog = await new MaintenanceCatalogReader(here.Url).ReadAsync(CancellationToken.None);
        Assert.Equal(["Tenant known", "few"], catalog.Constraints.Select(one => one.Name));
        await here.RunAsync(new ValidateConstraint(catalog.Constraints[0]), MaintenanceResult.Done);
        var broken = await here.RunAsync(new ValidateConstraint(catalog.Constraints[1]), MaintenanceResult.Failed);
        Assert.Contains("does not keep the constraint", broken.Words, StringComparison.Ordinal);

        await here.RunAsync(new CreateExtension("pg_trgm"), MaintenanceResult.Done);
        Assert.Equal("exists", (await here.PlanAsync(new CreateExtension("pg_trgm"))).Reasons[0].Key);
        Assert.Equal("not-listed", (await here.PlanAsync(new CreateExtension("plpython3u"))).Reasons[0].Key);
        await here.RunAsync(
            new CreateIndex(await here.TargetAsync("documents"), "documents_parts", new IndexDefinition([new IndexPart("body", Kind: IndexPartKind.Trigrams)]) { Method = IndexMethod.Gin }), MaintenanceResult.Done);

        var reset = await here.RunAsync(new ResetStatistics(StatisticsKind.Relation, await here.TargetAsync("documents")), MaintenanceResult.Done);
        Assert.Contains("counters were reset", reset.Words, StringComparison.Ordinal);
        await here.RunAsync(new ResetStatistics(StatisticsKind.Database), MaintenanceResult.Done);
        Assert.Equal(major >= 16 ? MaintenanceVerdict.GoWithCare : MaintenanceVerdict.No, (await here.PlanAsync(new ResetStatistics(StatisticsKind.Io))).Verdict);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task A_plan_and_its_operation_survive_being_stored(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync(Documents);
        var plan = await here.PlannedAsync(new MaintenanceBatch("Two", [new AnalyzeTable(await here.TargetAsync("documents")), new ChangeSetting("work_mem", "8MB")]));
        var stored = System.Text.Json.JsonSerializer.Deserialize<MaintenancePlan>(System.Text.Json.JsonSerializer.Serialize(plan))!;
        Assert.Equal(plan.Fingerprint, stored.Fingerprint);
        Assert.Equal(plan.Verdict, stored.Verdict);
        Assert.Equal(plan.Script, stored.Script);
        Assert.IsType<ChangeSetting>(Assert.IsType<MaintenanceBatch>(stored.Operation).Operations[1]);
    }
}
