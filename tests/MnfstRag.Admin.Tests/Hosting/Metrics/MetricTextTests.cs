using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Hosting.Metrics;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Live.Recording;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Tests.Hosting.Metrics;

public sealed class MetricTextTests
{
    private static readonly string[] Hostile = [.. Snapshots.Hostile, "back\\slash", "line\nfeed", "\\n", "", "comma,=}", "\t\r"];

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_that_mean_harm_come_out_of_Prometheus_own_parser_as_they_went_in(bool openMetrics)
    {
        Skip.If(PrometheusParser.Missing is not null, PrometheusParser.Missing);
        var sheet = new MetricSheet();
        foreach (var name in Hostile)
        {
            sheet.Add("pg_gauge", MetricType.Gauge, "Says \"this\"\\and\nthat.", 1.5, ("name", name));
            sheet.Add("pg_old_counter", MetricType.Counter, "Old.", 3, ("name", name), ("other", "x"));
            sheet.Add("mnfst_admin_new_total", MetricType.Counter, "New.", double.PositiveInfinity, ("name", name));
        }

        var read = PrometheusParser.Parse(MetricText.Write(sheet, openMetrics), openMetrics);

        Assert.Equal(Hostile.Length * 3, read.Count);
        Assert.Equal(Hostile, read.Where(one => one.Name == "pg_gauge").Select(one => one.Labels["name"]));
        Assert.All(read.Where(one => one.Name == "pg_old_counter"), one => Assert.Equal((3d, openMetrics ? "unknown" : "counter"), (one.Value, one.Type)));
        Assert.All(read.Where(one => one.Name == "mnfst_admin_new_total"), one => Assert.Equal((double.PositiveInfinity, "counter"), (one.Value, one.Type)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.9", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    public void The_format_is_the_one_the_caller_prefers(string? accept, bool openMetrics) =>
        Assert.Equal(openMetrics, MetricText.WantsOpenMetrics(accept is null ? null : MediaTypeHeaderValue.ParseList([accept])));

    [Fact]
    public void Two_series_with_the_same_labels_would_break_a_scrape_so_the_first_stays()
    {
        var sheet = new MetricSheet();
        sheet.Add("pg_x", MetricType.Gauge, "X.", 7, ("a", "b"));
        sheet.Add("pg_x", MetricType.Gauge, "X.", 8, ("a", "b"));
        Assert.EndsWith("\npg_x{a=\"b\"} 7\n", MetricText.Write(sheet, openMetrics: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_down_and_none_of_its_old_figures_is_told()
    {
        var live = Snapshots.Live(Snapshots.Session(1));
        Assert.Contains("pg_up{environment=\"production\"} 1", Page(live), StringComparison.Ordinal);
        Assert.Contains("mnfst_admin_sessions{environment=\"production\",kind=\"idle\"} 1", Page(live), StringComparison.Ordinal);

        var down = Page(live with { State = WatchState.Failing, FailingSince = Snapshots.Now });
        Assert.Contains("pg_up{environment=\"production\"} 0", down, StringComparison.Ordinal);
        Assert.DoesNotContain("mnfst_admin_sessions", down, StringComparison.Ordinal);
        Assert.DoesNotContain("pg_up", Page(live with { State = WatchState.Follower }), StringComparison.Ordinal);
        Assert.Contains("pg_up{environment=\"production\"} 0", Page(live with { ReadAt = Snapshots.Now.AddMinutes(-5) }), StringComparison.Ordinal);
    }

    [Fact]
    public void However_many_databases_there_are_the_page_stays_bounded()
    {
        var many = new DatabasesReading(Snapshots.Now, [.. Enumerable.Range(0, 500).Select(Database)]);
        var page = Page(Snapshots.Live() with { Slow = HeldValues.Holding(DatabasesReader.Instance, many, Snapshots.Now) });
        Assert.Equal(MetricsReading.MostDatabases, page.Split('\n').Count(line => line.StartsWith("pg_stat_database_xact_commit{", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9187", null, null, null)]
    [InlineData("http://localhost:9187", null, null, null)]
    [InlineData("http://0.0.0.0:9187", null, null, "Metrics:Address is open beyond this machine")]
    [InlineData("http://0.0.0.0:9187", "a token of at least 24 letters", null, null)]
    [InlineData("http://0.0.0.0:9187", null, "10.0.0.0/8", null)]
    [InlineData("http://0.0.0.0:9187", null, "10.0.0.0/8, nowhere", "Metrics:Networks holds \"nowhere\"")]
    [InlineData("https://127.0.0.1:9187", null, null, "Metrics:Address cannot be listened on")]
    [InlineData("http://metrics.example:9187", null, null, "Metrics:Address cannot be listened on")]
    [InlineData("http://127.0.0.1:9187/metrics", null, null, "Metrics:Address cannot be listened on")]
    [InlineData("9187", null, null, "Metrics:Address cannot be listened on")]
    [InlineData(null, "short", null, "Metrics:Token is shorter")]
    [InlineData(null, null, null, null)]
    public void Settings_that_would_open_the_figures_to_everybody_are_refused(string? address, string? token, string? networks, string? fault)
    {
        var options = new MetricsOptions { Address = address, Token = token, Networks = networks };
        var failures = new MetricsOptionsValidator().Validate(null, options).Failures?.ToList() ?? [];
        Assert.Equal(fault is null, failures.Count == 0);
        Assert.All(failures, failure => Assert.StartsWith(fault!, failure, StringComparison.Ordinal));
        Assert.Equal(address is not null || token is not null, options.IsOn);
    }

    internal static EnvironmentWatches Watches(EnvironmentSnapshot snapshot)
    {
        var watches = new EnvironmentWatches(Options.Create(new SamplerOptions()));
        watches.Update([new WatchedEnvironment(snapshot.EnvironmentId, snapshot.Environment, new HashSet<CredentialKind> { CredentialKind.Watch })]);
        watches.All.Single().Publish(snapshot);
        return watches;
    }

    private static string Page(EnvironmentSnapshot snapshot) =>
        MetricText.Write(PeerFiguresTests.Reading(Watches(snapshot), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Snapshots.Now)).Read(), openMetrics: false);

    private static DatabaseUse Database(int number) => new()
    {
        Name = FormattableString.Invariant($"db{number}"), Backends = 0, Commits = 1, Rollbacks = 0, BlocksRead = 0, BlocksHit = 0, RowsReturned = 0, RowsFetched = 0, RowsInserted = 0, RowsUpdated = 0, RowsDeleted = 0,
        Conflicts = 0, TempFiles = 0, TempBytes = 0, Deadlocks = 0, ChecksumFailures = null, BlockReadMs = 0, BlockWriteMs = 0, SessionMs = 0, ActiveMs = 0, IdleInTransactionMs = 0,
        Sessions = 0, SessionsAbandoned = 0, SessionsFatal = 0, SessionsKilled = 0, StatsReset = null,
    };
}
