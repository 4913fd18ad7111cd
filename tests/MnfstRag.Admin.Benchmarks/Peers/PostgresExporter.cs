using System.Diagnostics;
using MnfstRag.Admin.Benchmarks.Processes;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Benchmarks.Peers;

/// <summary>prometheus-postgres-exporter of Debian as it comes, scraped every second.</summary>
internal sealed class PostgresExporter : IPeer
{
    private const string Program = "/usr/bin/prometheus-postgres-exporter";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ChildProcess _process;
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _metrics;
    private Task _scraping = Task.CompletedTask;
    private int _scrapes;

    private PostgresExporter(ChildProcess process, Uri metrics)
    {
        _process = process;
        _metrics = metrics;
    }

    /// <summary>Why it cannot run; null when it can.</summary>
    public static string? Missing => File.Exists(Program) ? null : $"{Program} is not installed";

    public TimeSpan Cpu => _process.Cpu;

    public int Scrapes => Volatile.Read(ref _scrapes);

    /// <summary>Bytes of the newest scrape.</summary>
    public int BodyBytes { get; private set; }

    /// <param name="server">What it watches.</param>
    /// <param name="role">As whom.</param>
    /// <param name="cancellationToken">Ends the wait for its first answer.</param>
    /// <param name="queries">File with further queries; null for none.</param>
    public static async Task<PostgresExporter> StartAsync(WatchedServer server, TestRole role, CancellationToken cancellationToken, string? queries = null)
    {
        var port = FreePort.Find();
        var process = ChildProcess.Start(
            Program,
            [$"--web.listen-address=127.0.0.1:{port}", "--log.level=error", .. queries is null ? Array.Empty<string>() : [$"--extend.query-path={queries}", "--disable-settings-metrics"]],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DATA_SOURCE_NAME"] = server.Url(role) });
        var peer = new PostgresExporter(process, new Uri($"http://127.0.0.1:{port}/metrics"));
        await peer.WaitAsync(cancellationToken);
        peer._scraping = peer.ScrapeAsync();
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _scraping;
        await _process.DisposeAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(50, cancellationToken))
        {
            try
            {
                BodyBytes = (await _http.GetByteArrayAsync(_metrics, cancellationToken)).Length;
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                continue;
            }
        }
    }

    private async Task ScrapeAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                BodyBytes = (await _http.GetByteArrayAsync(_metrics, _end.Token)).Length;
                Interlocked.Increment(ref _scrapes);
            }
        }
        catch (OperationCanceledException)
        {
            // The benchmark is over.
            return;
        }
    }
}
