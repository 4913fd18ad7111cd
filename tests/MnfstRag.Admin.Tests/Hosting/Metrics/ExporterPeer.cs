using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Metrics;

/// <summary>prometheus-postgres-exporter of Debian, for comparison.</summary>
internal sealed class ExporterPeer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus-postgres-exporter";

    private readonly ChildProcess _process;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Uri _metrics;

    private ExporterPeer(ChildProcess process, Uri metrics) => (_process, _metrics) = (process, metrics);

    /// <summary>Why it cannot run; null when it can.</summary>
    public static string? Missing => File.Exists(Program) ? null : "prometheus-postgres-exporter is not installed";

    public static async Task<ExporterPeer> StartAsync(PostgresServer server, string database, TestRole role)
    {
        var port = FreePort.Find();
        var queries = Path.Combine(Path.GetTempPath(), $"exporter-{Guid.NewGuid():n}.yaml");
        await File.WriteAllTextAsync(queries, Tables);
        var process = ChildProcess.Start(
            Program,
            [$"--web.listen-address=127.0.0.1:{port}", "--log.level=error", $"--extend.query-path={queries}"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DATA_SOURCE_NAME"] = $"postgresql://{role.Name}:{role.Password}@{server.Host}:{server.Port}/{database}?sslmode=disable" });
        var peer = new ExporterPeer(process, new Uri($"http://127.0.0.1:{port}/metrics"));
        await Wait.UntilAsync(
            async over =>
            {
                try
                {
                    return (await peer._http.GetStringAsync(peer._metrics, over)).Contains("pg_up 1", StringComparison.Ordinal);
                }
                catch (HttpRequestException) when (!process.HasExited)
                {
                    return false;
                }
            });
        File.Delete(queries);
        return peer;
    }

    public async Task<IReadOnlyList<PrometheusParser.Sample>> ScrapeAsync() => PrometheusParser.Parse(await _http.GetStringAsync(_metrics), openMetrics: false);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    // As the exporter's own example of further queries has it.
    private const string Tables = """
        pg_stat_user_tables:
          query: "SELECT current_database() datname, schemaname, relname, seq_scan, seq_tup_read, idx_scan, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del, n_live_tup, n_dead_tup, n_mod_since_analyze, vacuum_count, autovacuum_count, analyze_count, autoanalyze_count FROM pg_stat_user_tables"
          metrics:
            - datname: {usage: "LABEL", description: "d"}
            - schemaname: {usage: "LABEL", description: "d"}
            - relname: {usage: "LABEL", description: "d"}
            - seq_scan: {usage: "COUNTER", description: "d"}
            - seq_tup_read: {usage: "COUNTER", description: "d"}
            - idx_scan: {usage: "COUNTER", description: "d"}
            - n_tup_ins: {usage: "COUNTER", description: "d"}
            - n_tup_upd: {usage: "COUNTER", description: "d"}
            - n_tup_hot_upd: {usage: "COUNTER", description: "d"}
            - n_tup_del: {usage: "COUNTER", description: "d"}
            - n_live_tup: {usage: "GAUGE", description: "d"}
            - n_dead_tup: {usage: "GAUGE", description: "d"}
            - n_mod_since_analyze: {usage: "GAUGE", description: "d"}
            - vacuum_count: {usage: "COUNTER", description: "d"}
            - autovacuum_count: {usage: "COUNTER", description: "d"}
            - analyze_count: {usage: "COUNTER", description: "d"}
            - autoanalyze_count: {usage: "COUNTER", description: "d"}
        """;
}
