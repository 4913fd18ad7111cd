using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Peers;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Admin.Benchmarks.Reporting;
using MnfstRag.Testing;
using Npgsql;

namespace MnfstRag.Admin.Benchmarks.Runs;

/// <summary>
/// A primary is lost, and its standby promoted five seconds later: how long nothing is read of the watched environment, and nothing written to the own
/// store, beside a client that uses Npgsql's several hosts with time-outs of three seconds.
/// </summary>
internal sealed class FailoverRun : IRun
{
    private const string Table = "CREATE TABLE written (at timestamptz)";
    private static readonly TimeSpan UntilPromoted = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(25);
    private static readonly string Assembly = DashboardProgram.Path(typeof(FailoverRun).Assembly);

    public string Name => "failover";

    public TimeSpan Limit => TimeSpan.FromMinutes(8);

    public async Task MeasureAsync(Bench bench, RunResult result, CancellationToken cancellationToken)
    {
        foreach (var silently in (bool[])[false, true])
        {
            var (reads, writes, plainReads, plainWrites, plainLongest) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var repeat = 0; repeat < bench.Choose(3, 1); repeat++)
            {
                var one = await OnceAsync(silently, cancellationToken);
                reads.Add(one.Reads.TotalMilliseconds);
                writes.Add(one.Writes.TotalMilliseconds);
                plainReads.Add(one.PlainReads.TotalMilliseconds);
                plainWrites.Add(one.PlainWrites.TotalMilliseconds);
                plainLongest.Add(one.PlainLongest.TotalMilliseconds);
            }

            var how = silently ? "silent line" : "kill -9";
            result.Add($"{how}: lost → dashboard reads the standby", "ms", reads);
            result.Add($"{how}: lost → plain Npgsql, prefer primary, reads again", "ms", plainReads);
            result.Add($"{how}: promoted → dashboard's own store has sessions on the new primary", "ms", writes);
            result.Add($"{how}: promoted → plain Npgsql, read-write, writes again", "ms", plainWrites);
            result.Add($"{how}: longest question of plain Npgsql in the {Afterwards.TotalSeconds:0} s after that", "ms", plainLongest);
        }

        result.Notes.Add("Watched pair and store pair are four servers; the dashboard ticks once a second. The plain client opens a connection for each question, and asks every 50 ms.");
        result.Notes.Add("The dashboard's own longest wait on a silent host is held under a second by StoreHostsTests, which opens a connection for each question too.");
    }

    private static async Task<(TimeSpan Reads, TimeSpan Writes, TimeSpan PlainReads, TimeSpan PlainWrites, TimeSpan PlainLongest)> OnceAsync(bool silently, CancellationToken cancellationToken)
    {
        await using var watched = await ReplicatedPair.StartAsync(Table);
        await using var store = await ReplicatedPair.StartAsync(Table);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Embedded__Enabled"] = "false",
            ["Terminal__OpenBrowser"] = "false",
            ["ConnectionStrings__Admin"] = store.ConnectionString,
            ["Environments__watched__Watch"] = watched.ConnectionString,
            ["Sampler__IdleInterval"] = "00:00:01",
        };
        await using var dashboard = await WebHost.StartAsync(Assembly, [], settings, cancellationToken);
        await using var reader = new MultiHostClient(watched.ConnectionString, TargetSessionAttributes.PreferPrimary, "SELECT 1");
        await using var writer = new MultiHostClient(store.ConnectionString, TargetSessionAttributes.ReadWrite, "INSERT INTO written VALUES (now())");
        await watched.WhenServesAsync("mnfst-admin replica", cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);

        var lost = Stopwatch.GetTimestamp();
        await watched.LoseAsync(silently);
        await watched.WhenServesAsync("mnfst-admin", cancellationToken);
        var reads = Stopwatch.GetElapsedTime(lost);

        await store.LoseAsync(silently);
        await Task.Delay(UntilPromoted, cancellationToken);
        var promoted = Stopwatch.GetTimestamp();
        await store.Standby.ExecuteAsync("SELECT pg_promote()", cancellationToken: cancellationToken);
        await store.WhenServesAsync("mnfst-admin-store", cancellationToken);
        var writes = Stopwatch.GetElapsedTime(promoted);
        await Task.Delay(Afterwards, cancellationToken);
        return (reads, writes, reader.FirstAfter(lost) ?? Afterwards, writer.FirstAfter(promoted) ?? Afterwards, writer.LongestAfter(promoted));
    }
}
