using System.Net;
using Microsoft.Extensions.Configuration;
using MnfstRag.Admin.Hosting;
using MnfstRag.Admin.Hosting.Telemetry;
using MnfstRag.Admin.Tests.Data;
using MnfstRag.Testing;

namespace MnfstRag.Admin.Tests.Hosting.Telemetry;

/// <summary>The program in a process of its own, and a collector.</summary>
public sealed class TelemetryTests
{
    private const string Token = "a token of at least 24 letters";

    [Fact]
    public async Task Traces_metrics_and_logs_reach_a_collector_and_scrapes_have_a_port_of_their_own()
    {
        await using var collector = await Collector.StartAsync();
        await using var store = await TestStore.CreateAsync();
        var (port, scrapes) = (FreePort.Find(), FreePort.Find());
        var settings = store.Settings().ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value ?? "", StringComparer.Ordinal);
        foreach (var (name, value) in new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Urls"] = $"http://127.0.0.1:{port}",
            ["Embedded__Enabled"] = "false",
            ["Terminal__OpenBrowser"] = "false",
            ["Metrics__Address"] = $"http://127.0.0.1:{scrapes}",
            ["Metrics__Token"] = Token,
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        })
        {
            settings[name] = value;
        }

        await using var program = ChildProcess.Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "MnfstRag.Admin.dll")], settings);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Wait.UntilAsync(
            async over =>
            {
                Assert.False(program.HasExited, program.Output);
                try
                {
                    using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), over);
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(2));

        using var page = await http.GetAsync(new Uri("/account/sign-in", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Wait.UntilAsync(_ => Task.FromResult(collector.Of("/v1/traces").Contains("/account/sign-in", StringComparison.Ordinal)
            && collector.Of("/v1/traces").Contains("Npgsql", StringComparison.Ordinal)
            && collector.Of("/v1/logs").Length > 0
            && new[] { "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components", "Npgsql", "System.Runtime" }.All(meter => collector.Of("/v1/metrics").Contains(meter, StringComparison.Ordinal))), TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("SELECT", collector.Of("/v1/traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("/health/ready", collector.Of("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("mnfst-rag-admin", collector.Of("/v1/metrics"), StringComparison.Ordinal);

        await ScrapesAsync(http, scrapes);
    }

    [Theory]
    [InlineData("not an address", null)]
    [InlineData("ftp://collector:4317", null)]
    [InlineData("http://collector:4317", "json")]
    public void A_collector_that_cannot_be_meant_stops_the_start_in_words(string endpoint, string? protocol)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), new("OTEL_EXPORTER_OTLP_PROTOCOL", protocol)]).Build();
        Assert.StartsWith("OTEL_EXPORTER_OTLP_", Assert.Throws<StartupException>(() => TelemetryOptions.IsOn(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_sent_unless_it_is_told_where()
    {
        Assert.False(TelemetryOptions.IsOn(new ConfigurationBuilder().Build()));
        Assert.False(TelemetryOptions.IsOn(new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"), new("OTEL_SDK_DISABLED", "true")]).Build()));
    }

    private static async Task ScrapesAsync(HttpClient dashboard, int port)
    {
        using var scraper = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal(HttpStatusCode.NotFound, (await dashboard.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await scraper.GetAsync(new Uri("/account/sign-in", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await scraper.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await scraper.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode);
        scraper.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");
        scraper.DefaultRequestHeaders.Add("Accept", "application/openmetrics-text");
        var answer = await scraper.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal("application/openmetrics-text", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("# EOF\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
