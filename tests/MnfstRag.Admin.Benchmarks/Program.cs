using MnfstRag.Admin.Benchmarks;
using MnfstRag.Admin.Benchmarks.Baseline;

if (args is [BaselineHost.Command, .. var rest])
{
    await BaselineHost.RunAsync(rest);
    return 0;
}

if (args is ["tmp"])
{
    await using var b = new MnfstRag.Admin.Benchmarks.Runs.Bench(true);
    var w = await b.WatchedAsync(default);
    await using var l = await MnfstRag.Admin.Benchmarks.Processes.SteadyLoad.StartAsync(w, default);
    var r = new MnfstRag.Admin.Benchmarks.Reporting.RunResult("x");
    await new MnfstRag.Admin.Benchmarks.Runs.PeerCosts(b, w, r).ActivityAsync(default);
    await new MnfstRag.Admin.Benchmarks.Runs.PeerCosts(b, w, r).ExporterAsync(default);
    foreach (var line in new MnfstRag.Admin.Benchmarks.Reporting.Report("m", true, default, [], [r]).Lines()) MnfstRag.Admin.Benchmarks.Reporting.Terminal.Line(line);
    await using var c = await w.Administration.OpenConnectionAsync();
    await using var cmd = new Npgsql.NpgsqlCommand("select userid::regrole::text, calls, (total_plan_time+total_exec_time)/calls, left(regexp_replace(query,'[[:space:]]+',' ','g'),110) from pg_stat_statements where userid::regrole::text like 'role%' order by 1, (total_plan_time+total_exec_time) desc", c);
    await using var rd = await cmd.ExecuteReaderAsync();
    while (await rd.ReadAsync()) MnfstRag.Admin.Benchmarks.Reporting.Terminal.Line($"{rd[0]} {rd[1]} {rd[2]:0.00} {rd[3]}");
    return 0;
}
return await CommandLine.RunAsync(args);
