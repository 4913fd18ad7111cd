using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Admin.Benchmarks.Runs;

namespace MnfstRag.Admin.Benchmarks;

/// <summary><c>[--quick] [--json PATH] [names]</c>: runs benchmarks one after another, prints the table, writes the JSON.</summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<IRun> All = [new AgreementRun(), new StartRun(), new CostRun(), new PixelRun(), new BytesRun(), new HeapRun(), new CircuitsRun(), new ScaleRun(), new PagesRun(), new HangRun(), new FailoverRun(), new TenantsRun(), new MaintainRun()];

    /// <summary>0 when every benchmark ran; 1 when one failed; 2 for a command line that is not understood. Goals that are not met are no failure.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var quick = false;
        string? json = null;
        var names = new List<string>();
        for (var index = 0; index < args.Length; index++)
        {
            switch (args[index])
            {
                case "--quick": quick = true; break;
                case "--json" when index + 1 < args.Length: json = args[++index]; break;
                default: names.Add(args[index]); break;
            }
        }

        if (names.FirstOrDefault(name => All.All(run => run.Name != name)) is { } unknown)
        {
            Terminal.Progress($"There is no benchmark '{unknown}'. There are: {string.Join(", ", All.Select(run => run.Name))}. Options: --quick, --json PATH.");
            return 2;
        }

        var chosen = names.Count == 0 ? All : [.. All.Where(run => names.Contains(run.Name))];
        return await RunAsync(chosen, quick, json);
    }

    private static async Task<int> RunAsync(IReadOnlyList<IRun> chosen, bool quick, string? json)
    {
        var failed = false;
        var results = new List<RunResult>();
        await using (var bench = new Bench(quick))
        {
            foreach (var run in chosen)
            {
                Terminal.Progress($"{run.Name} …");
                var result = new RunResult(run.Name);
                results.Add(result);
                failed |= !await MeasureAsync(run, bench, result);
            }
        }

        var report = new Report(Machine(), quick, TimeProvider.System.GetUtcNow(), Method, results);
        foreach (var line in report.Lines())
        {
            Terminal.Line(line);
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json, report.ToJson() + "\n");
        }

        return failed ? 1 : 0;
    }

    private static async Task<bool> MeasureAsync(IRun run, Bench bench, RunResult result)
    {
        var began = Stopwatch.GetTimestamp();
        using var limit = new CancellationTokenSource(run.Limit);
        try
        {
            await run.MeasureAsync(bench, result, limit.Token);
            return true;
        }
#pragma warning disable CA1031 // One benchmark that fails leaves the others their turn; its fault is in the report.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            result.Notes.Add($"failed: {(limit.IsCancellationRequested ? $"took longer than {run.Limit}" : fault.Message)}");
            Terminal.Progress(fault.ToString());
            return false;
        }
        finally
        {
            result.Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private static string Machine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores · {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription} · server GC {(GCSettings.IsServerGC ? "on" : "off")} in the client");

    private static readonly IReadOnlyList<string> Method =
    [
        "The dashboard, both PostgreSQL servers, all clients and the peers share these cores; CPU is in percent of one core.",
        "Release build, environment Development without embedding; PostgreSQL 18 with fsync off, pg_stat_statements with planning tracked.",
        "Viewers are circuits over a websocket with compression, every render acknowledged; they are checked against Chromium by 'agreement'.",
        "Each figure is warmed up first; median, smallest and largest of its repeats are shown.",
    ];
}
