using MnfstRag.Postgres.Maintaining;
using MnfstRag.Testing;

namespace MnfstRag.Postgres.Tests.Maintaining;

/// <summary>Exactly the object that was chosen, or none.</summary>
public sealed class TargetsTests
{
    public static TheoryData<string> Names => [
        "Mixed Case", "quo\"te", "\"; DROP TABLE x;--", "select", new string('ä', 31) + "z", "line\nbreak", "tab\tand 'apostrophe'", "$1", "percent%s %I", "日本語",
    ];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_name_that_a_server_takes_is_worked_on_exactly(string name)
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        var quoted = Quoted(name);
        await here.RunSqlAsync($"CREATE SCHEMA {quoted}; CREATE TABLE {quoted}.{quoted} ({quoted} int, other int); CREATE TABLE x (id int); CREATE TABLE public.{quoted} (id int);");
        var table = await here.TargetAsync(name, name);
        var plan = await here.PlannedAsync(new VacuumTable(table) { Analyze = true });
        Assert.Equal($"VACUUM (ANALYZE) {SqlNameOf(name)}.{SqlNameOf(name)}", plan.Steps.Single().Sql);
        Assert.Equal(MaintenanceResult.Done, (await here.RunAsync(plan)).Result);
        // The script holds the same statement, and no comment of it can be left by a line break in a name.
        Assert.Contains(plan.Steps.Single().Sql + ";", plan.Script, StringComparison.Ordinal);
        Assert.All(plan.Script.Replace(plan.Steps.Single().Sql + ";", "", StringComparison.Ordinal).Split('\n'), line => Assert.True(line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal) || line.StartsWith("SET ", StringComparison.Ordinal), line));

        var index = name.Length > 20 ? name : name + " i";
        if (index != name)
        {
            var create = await here.RunAsync(new CreateIndex(table, index, new IndexDefinition([new IndexPart(name)])), MaintenanceResult.Done);
            Assert.Equal(MaintenanceResult.Done, create.Result);
            await here.RunAsync(new ReindexIndex(await here.TargetAsync(index, name)), MaintenanceResult.Done);
            await here.RunAsync(new DropIndex(await here.TargetAsync(index, name)), MaintenanceResult.Done);
        }

        await using var asker = await here.OpenAsync();
        Assert.Equal(0L, await asker.AskAsync<long>("SELECT sum(vacuum_count)::int8 FROM pg_stat_user_tables WHERE schemaname = 'public'"));
        Assert.True(await asker.AskAsync<bool>("SELECT to_regclass('public.x') IS NOT NULL"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul\0in it")]
    [InlineData("ääääääääääääääääääääääääääääääää")]
    public async Task A_name_that_a_server_would_change_is_refused(string name)
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync("CREATE TABLE items (id int)");
        var plan = await here.PlanAsync(new CreateIndex(await here.TargetAsync("items"), name, new IndexDefinition([new IndexPart("id")])));
        Assert.Equal((MaintenanceVerdict.No, "name"), (plan.Verdict, plan.Reasons[0].Key));
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task Another_schemas_twin_and_a_temporary_twin_are_never_touched(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("CREATE SCHEMA other; CREATE TABLE items (id int); CREATE TABLE other.items (id int); INSERT INTO items VALUES (1); INSERT INTO other.items VALUES (1);");
        await here.RunSqlAsync($"ALTER DATABASE \"{here.Database.Name}\" SET search_path = pg_temp, other, public");
        await here.RunAsync(new AnalyzeTable(await here.TargetAsync("items")), MaintenanceResult.Done);
        await using var asker = await here.OpenAsync();
        Assert.Equal("public", await asker.AskAsync<string>("SELECT string_agg(schemaname, ',') FROM pg_stat_user_tables WHERE analyze_count > 0"));
        // An oid that belongs to the twin does not serve under the other's name.
        var twin = await here.TargetAsync("items", "other");
        var mixed = await here.PlanAsync(new AnalyzeTable(twin with { Schema = "public" }));
        Assert.Equal((MaintenanceVerdict.No, "gone"), (mixed.Verdict, mixed.Reasons[0].Key));
        Assert.Contains("is called other.items now", mixed.Reasons[0].Words, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(PostgresVersions))]
    public async Task What_was_dropped_renamed_or_replaced_between_plan_and_run_is_not_touched(int major)
    {
        await using var here = await Maintained.StartAsync(major);
        await here.RunSqlAsync("CREATE TABLE gone (id int); CREATE TABLE renamed (id int); CREATE TABLE replaced (id int);");
        var dropped = await here.PlannedAsync(new AnalyzeTable(await here.TargetAsync("gone")));
        var renamed = await here.PlannedAsync(new VacuumTable(await here.TargetAsync("renamed")) { Full = true });
        var replaced = await here.PlannedAsync(new CreateIndex(await here.TargetAsync("replaced"), "replaced_id", new IndexDefinition([new IndexPart("id")])));
        await here.RunSqlAsync("DROP TABLE gone; ALTER TABLE renamed RENAME TO now_called; DROP TABLE replaced; CREATE TABLE replaced (id int);");
        var outcomes = new[] { await here.RunAsync(dropped), await here.RunAsync(renamed), await here.RunAsync(replaced) };
        Assert.All(outcomes, outcome => Assert.Equal(MaintenanceResult.Refused, outcome.Result));
        Assert.Contains("no longer there", outcomes[0].Words, StringComparison.Ordinal);
        Assert.Contains("is called public.now_called now", outcomes[1].Words, StringComparison.Ordinal);
        Assert.Contains("no longer there", outcomes[2].Words, StringComparison.Ordinal);
        Assert.Empty(here.Starts);
        Assert.Null(await here.IndexAsync("replaced_id"));
        Assert.Equal(MaintenanceVerdict.No, (await here.PlanAsync(dropped.Operation)).Verdict);
    }

    [Fact]
    public async Task Columns_operators_and_values_come_from_the_catalog_and_never_as_SQL()
    {
        await using var here = await Maintained.StartAsync(PostgresVersions.Newest);
        await here.RunSqlAsync("CREATE TYPE mood AS ENUM ('ok', 'bad'); CREATE TABLE items (id int, name varchar(20), mood mood, place point, tags text[], born date)");
        var table = await here.TargetAsync("items");
        CreateIndex With(IndexDefinition definition) => new(table, "i", definition);
        IndexDefinition Where(string column, string? value) => new([new IndexPart("id")]) { Where = [new IndexPredicate(column, PredicateOperator.Equal, value)] };
        foreach (var (definition, key) in new (IndexDefinition, string)[]
                 {
                     (new([new IndexPart("id) WHERE (true")]), "column"),
                     (new([]), "definition"),
                     (new([new IndexPart("place")]), "definition"),
                     (new([new IndexPart("id", Descending: true)]) { Method = IndexMethod.Brin }, "definition"),
                     (new([new IndexPart("id", Kind: IndexPartKind.EnglishText)]) { Method = IndexMethod.Gin }, "definition"),
                     (new([new IndexPart("name")]) { Unique = true, Method = IndexMethod.Hash }, "definition"),
                     (Where("id", "1 OR true"), "condition"),
                     (Where("id", null), "condition"),
                     (Where("mood", "ok'::mood) --"), "condition"),
                     (Where("place", "(1,2)"), "condition"),
                     (Where("born", "tomorrowish"), "condition"),
                     (new([new IndexPart("name", Kind: IndexPartKind.Trigrams)]) { Method = IndexMethod.Gin }, "extension"),
                 })
        {
            var plan = await here.PlanAsync(With(definition));
            Assert.True(plan.Reasons.Any(reason => reason.Verdict == MaintenanceVerdict.No && reason.Key == key) && plan.Steps.IsEmpty, $"{definition}: {string.Join(' ', plan.Reasons.Select(reason => reason.Words))}");
        }

        Assert.EndsWith("WHERE name = 'a''b;--'::character varying(20)", (await here.PlannedAsync(With(Where("name", "a'b;--")))).Steps[0].Sql, StringComparison.Ordinal);
        Assert.EndsWith("WHERE mood = 'bad'::public.mood", (await here.PlannedAsync(With(Where("mood", "bad")))).Steps[0].Sql, StringComparison.Ordinal);
        await here.RunAsync(With(Where("name", "a'b;--")), MaintenanceResult.Done);
        var columns = await new MaintenanceCatalogReader(here.Url).ColumnsAsync(table, CancellationToken.None);
        Assert.Equal(["id", "name", "mood", "place", "tags", "born"], columns.Select(column => column.Name));
        Assert.Contains(IndexMethod.Gin, columns[4].Methods);
        Assert.True(columns[1] is { IsText: true, TakesValue: true } && !columns[3].TakesValue);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string SqlNameOf(string name) => MnfstRag.Postgres.Watching.SqlName.Of(name);
}
