using System.Diagnostics;
using System.Globalization;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Maintaining;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>
/// What maintenance costs beside the work itself: 500 small tables analysed as one proven batch against <c>vacuumdb --analyze-only</c>, and the looks at the progress of a
/// running command.
/// </summary>
internal sealed class MaintainRun : IRun
{
    private const int Tables = 500;
    private const string VacuumDb = "/usr/bin/vacuumdb";

    public string Name => "maintain";

    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        var watched = await bench.WatchedAsync(cancellationToken);
        var name = $"maintain_{Environment.ProcessId}";
        await using (var create = watched.Administration.CreateCommand($"CREATE DATABASE {name}"))
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var settings = new NpgsqlConnectionStringBuilder(watched.ConnectionString(name)) { Pooling = false };
        await using var database = NpgsqlDataSource.Create(settings);
        await new ManyRelations(database).CreateAsync(Tables, cancellationToken);
        var url = DatabaseUrl.Parse(settings.ConnectionString).Url!;
        await BatchAsync(bench, result, url, settings, cancellationToken);
        await PollingAsync(bench, result, watched, url, database, cancellationToken);
    }

    private static async Task BatchAsync(Bench bench, RunResult result, DatabaseUrl url, NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var catalog = await new MaintenanceCatalogReader(url).ReadAsync(cancellationToken);
        var tables = catalog.Tables.Where(table => table.Target.Name.StartsWith("t_", StringComparison.Ordinal)).Select(table => table.Target).ToList();
        List<double> planning = [];
        foreach (var workers in new[] { 1, 2, 4 })
        {
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var repeat = 0; repeat < bench.Choose(5, 2); repeat++)
            {
                var began = Stopwatch.GetTimestamp();
                var plan = await new MaintenancePlanner(url, TimeProvider.System).PlanAsync(
                    new MaintenanceBatch("All", [.. tables.Select(table => new AnalyzeTable(table))]) { Concurrency = workers }, new PlanOptions(), cancellationToken);
                planning.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                began = Stopwatch.GetTimestamp();
                var outcome = await new MaintenanceExecutor(url, new RunOptions(), TimeProvider.System).RunAsync(new MaintenanceRun(Guid.NewGuid(), plan), new Forgetful(), progress: null, cancellationToken);
                ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (outcome.Result != MaintenanceResult.Done || outcome.Steps.Length != Tables)
                {
                    throw new InvalidOperationException(outcome.Words);
                }

                if (File.Exists(VacuumDb))
                {
                    theirs.Add(await VacuumDbAsync(settings, workers, cancellationToken));
                }
            }

            result.Add($"{Tables} tables analysed, {workers} at once: a batch, each proven", "ms", ours);
            if (theirs.Count > 0)
            {
                result.Add($"the same by vacuumdb --analyze-only -j {workers}", "ms", theirs);
            }
        }

        result.Add($"a plan for {Tables} tables", "ms", planning);
        result.Notes.Add($"Tables of three rows and two indexes: the time is overhead, not sampling. A batch looks at each table's books before and after it; its journal is in memory. {(File.Exists(VacuumDb) ? "vacuumdb also analyses the catalog's own tables." : "No vacuumdb on this machine.")}");
    }

    private static async Task<double> VacuumDbAsync(NpgsqlConnectionStringBuilder settings, int jobs, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            VacuumDb,
            ["--analyze-only", "-q", "-j", jobs.ToString(CultureInfo.InvariantCulture), "-h", settings.Host!, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-U", settings.Username!, "-d", settings.Database!]);
        start.Environment["PGPASSWORD"] = settings.Password;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : throw new InvalidOperationException($"vacuumdb ended with {process.ExitCode}.");
    }

    /// <summary>The same build with a look every second, ten a second, and hardly any; and what one look takes on the server.</summary>
    private static async Task PollingAsync(Bench bench, RunResult result, WatchedServer watched, DatabaseUrl url, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using (var fill = database.CreateCommand("CREATE TABLE large (id int, filler text); INSERT INTO large SELECT g, md5(g::text) FROM generate_series(1, 1000000) g; CREATE INDEX large_filler ON large (filler)"))
        {
            fill.CommandTimeout = 0;
            await fill.ExecuteNonQueryAsync(cancellationToken);
        }

        (TimeSpan Every, string Words)[] paces = [(TimeSpan.FromHours(1), "without a look"), (TimeSpan.FromSeconds(1), "a look each second"), (TimeSpan.FromSeconds(0.1), "ten looks a second")];
        var times = paces.Select(_ => new List<double>()).ToArray();
        // In turns, so that whatever else the machine does meets all alike; the first turn is to warm up.
        for (var repeat = 0; repeat <= bench.Choose(7, 2); repeat++)
        {
            for (var pace = 0; pace < paces.Length; pace++)
            {
                var index = (await new MaintenanceCatalogReader(url).ReadAsync(cancellationToken)).Indexes.Single(one => one.Target.Name == "large_filler").Target;
                var plan = await new MaintenancePlanner(url, TimeProvider.System).PlanAsync(new ReindexIndex(index), new PlanOptions(), cancellationToken);
                var outcome = await new MaintenanceExecutor(url, new RunOptions { ProgressEvery = paces[pace].Every }, TimeProvider.System).RunAsync(new MaintenanceRun(Guid.NewGuid(), plan), new Forgetful(), progress: null, cancellationToken);
                if (outcome.Result != MaintenanceResult.Done)
                {
                    throw new InvalidOperationException(outcome.Words);
                }

                if (repeat > 0)
                {
                    times[pace].Add(outcome.Steps.Single().Duration.TotalMilliseconds);
                }
            }
        }

        foreach (var (pace, values) in paces.Zip(times))
        {
            result.Add($"an index over a million rows rebuilt, {pace.Words}", "ms", values);
        }

        await using var cost = watched.Administration.CreateCommand(
            "SELECT sum(calls)::int8, sum(total_plan_time + total_exec_time) / sum(calls) FROM pg_stat_statements WHERE query LIKE '%pg_stat_progress_create_index%' AND query LIKE '%mnfst-admin:progress%'");
        await using var rows = await cost.ExecuteReaderAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0))
        {
            result.Add("DB time of one look", "ms", rows.GetDouble(1));
            result.Notes.Add($"{rows.GetInt64(0)} looks were counted.");
        }
    }

    private sealed class Forgetful : IMaintenanceJournal
    {
        public Task StartingAsync(StepStart start, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task EndedAsync(StepEnd end, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
