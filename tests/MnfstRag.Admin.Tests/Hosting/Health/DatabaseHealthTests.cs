using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MnfstRag.Admin.Access.Sessions;
using MnfstRag.Admin.Hosting.Health;
using MnfstRag.Admin.Hosting.Metrics;
using MnfstRag.Admin.Hosting.Probing;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Tests.Features;
using MnfstRag.Admin.Tests.Features.Topology;
using MnfstRag.Admin.Tests.Hosting.Metrics;
using MnfstRag.Admin.Tests.Live.Recording;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Tests.Hosting.Health;

public sealed class DatabaseHealthTests
{
    private const string Token = "a token of at least 24 letters";
    private static readonly Uri One = new("/health/database/production", UriKind.Relative);
    private static readonly Uri Default = new("/health/database", UriKind.Relative);
    private static readonly Uri Scrape = new("/metrics", UriKind.Relative);

    private readonly FakeTimeProvider _clock = new(Snapshots.Now.AddSeconds(2));

    [Fact]
    public async Task A_server_that_answers_is_healthy_with_its_sessions_by_state()
    {
        var (status, answer) = await AskAsync(Crowded(), Default);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("healthy", "production", 2d), (Text(answer, "status"), Text(answer, "environment"), answer.GetProperty("age_seconds").GetDouble()));
        var connections = answer.GetProperty("connections");
        Assert.Equal(
            (100, 6, 91, 3, 1, 2, 1, 1, 0, 1),
            (Number(connections, "size"), Number(connections, "used"), Number(connections, "available"), Number(connections, "active"), Number(connections, "idle"),
             Number(connections, "waiting"), Number(connections, "idle_in_transaction"), Number(connections, "blocked"), Number(connections, "hidden"), Number(connections, "dashboard")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task Slow_queries_are_those_with_a_mean_above_one_second()
    {
        var statements = new StatementsReading(Snapshots.Now, "1.12", null, null, null, true, [Statement(1, 10, 10_000), Statement(2, 10, 10_001), Statement(3, 1, 5_000), Statement(4, 0, 0)], 0);
        var snapshot = Snapshots.Live() with { Slow = HeldValues.Holding(StatementsReader.Instance, statements, Snapshots.Now) };
        snapshot = snapshot with { Capabilities = snapshot.Capabilities! with { Extensions = new Dictionary<string, string>(StringComparer.Ordinal) { ["pg_stat_statements"] = "1.12" } } };

        Assert.Equal(2, (await AskAsync(snapshot, One)).Answer.GetProperty("slow_queries").GetInt32());

        var hidden = snapshot with { Slow = HeldValues.Holding(StatementsReader.Instance, statements with { Hidden = 4 }, Snapshots.Now) };
        var answer = (await AskAsync(hidden, One)).Answer;
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("slow_queries").ValueKind);
        Assert.Contains("pg_monitor", Text(answer, "slow_queries_unknown"), StringComparison.Ordinal);
        Assert.Contains("not created", Text((await AskAsync(Snapshots.Live(), One)).Answer, "slow_queries_unknown"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WatchState.Failing, "does not answer since 62 s")]
    [InlineData(WatchState.Follower, "Another instance")]
    [InlineData(WatchState.NotConfigured, "no usable watch credential")]
    [InlineData(WatchState.Connecting, "not been read yet")]
    public async Task A_server_that_is_not_read_is_unhealthy_and_no_name_is_told(WatchState state, string reason)
    {
        var (status, answer) = await AskAsync(Snapshots.Live() with { State = state, Explanation = "The server db.internal refused the password for user mnfst_watch.", FailingSince = Snapshots.Now.AddMinutes(-1) }, One);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("unhealthy", Text(answer, "status"));
        Assert.Contains(reason, Text(answer, "reason"), StringComparison.Ordinal);
        Assert.DoesNotContain("internal", answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("mnfst_watch", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PrimaryState.Known, HttpStatusCode.OK, null)]
    [InlineData(PrimaryState.Elsewhere, HttpStatusCode.OK, null)]
    [InlineData(PrimaryState.Lost, HttpStatusCode.ServiceUnavailable, "lost for 62 s: the figures are a standby's, and nothing can be written")]
    [InlineData(PrimaryState.SplitBrain, HttpStatusCode.ServiceUnavailable, "Two servers take writes")]
    public async Task A_standby_that_stands_in_and_two_primaries_are_unhealthy_though_they_answer(PrimaryState state, HttpStatusCode expected, string? reason)
    {
        var (lost, standby) = (new DatabaseHost("primary.internal", 5432), new DatabaseHost("standby.internal", 5432));
        var hosts = new HostTopology(
            [TopologyViewTests.Host(lost, recovers: state == PrimaryState.Elsewhere), TopologyViewTests.Host(standby, recovers: state != PrimaryState.SplitBrain)],
            new PrimaryStanding(state, lost, Snapshots.Now.AddMinutes(-1), 1, []),
            standby);

        var (status, answer) = await AskAsync(Snapshots.Live(Snapshots.Session(1)) with { Hosts = hosts }, One);

        Assert.Equal((expected, expected == HttpStatusCode.OK ? "healthy" : "unhealthy"), (status, Text(answer, "status")));
        Assert.Contains(reason ?? "", answer.GetProperty("reason").GetString() ?? "", StringComparison.Ordinal);
        Assert.Equal(1, Number(answer.GetProperty("connections"), "used"));
        Assert.DoesNotContain("internal", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_grows_old_is_unhealthy_but_not_because_nobody_watches()
    {
        var snapshot = Snapshots.Live();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(snapshot, One)).Status);
        _clock.Advance(TimeSpan.FromSeconds(14));
        var (status, answer) = await AskAsync(snapshot, One);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("16 s old", Text(answer, "reason"), StringComparison.Ordinal);

        // Ticks are ten seconds apart while nobody watches.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(snapshot with { Interval = TimeSpan.FromSeconds(10) }, One)).Status);
    }

    [Fact]
    public async Task An_environment_that_is_not_there_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Snapshots.Live(), new Uri("/health/database/other", UriKind.Relative))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Snapshots.Live(), Default, settings: ("Health:Database:Environment", "other"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Snapshots.Live(), One, settings: ("Health:Database:Access", "Off"))).Status);
    }

    [Fact]
    public async Task Rules_of_access_hold()
    {
        (string, string?)[] token = [("Health:Database:Access", "Token"), ("Health:Database:Token", Token)];
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(Snapshots.Live(), One, settings: token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(Snapshots.Live(), One, bearer: Token + "x", settings: token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Snapshots.Live(), One, bearer: Token, settings: token)).Status);
        (string, string?)[] networks = [("Health:Database:Access", "Networks"), ("Health:Database:Networks", "192.0.2.0/24, 2001:db8::/32")];
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Snapshots.Live(), One, settings: networks)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(Snapshots.Live(), One, from: "198.51.100.1", settings: networks)).Status);
    }

    [Fact]
    public async Task Figures_are_scraped_with_the_token_alone_and_not_at_all_without_one()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Snapshots.Live(), Scrape)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(Snapshots.Live(), Scrape, settings: ("Metrics:Token", Token))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Snapshots.Live(), Scrape, bearer: Token, settings: ("Metrics:Token", Token))).Status);

        // An address of its own takes the path away from the dashboard's.
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Snapshots.Live(), Scrape, bearer: Token, settings: [("Metrics:Token", Token), ("Metrics:Address", "http://127.0.0.1:9187")])).Status);
    }

    [Fact]
    public void Every_faulty_setting_is_named()
    {
        var faults = new DatabaseHealthOptionsValidator().Validate(null, new DatabaseHealthOptions { Access = ProbeAccess.Token, Token = "short", Networks = "here", StaleAfter = TimeSpan.Zero }).Failures!.ToList();
        Assert.Equal(["Health:Database:Networks", "Health:Database:Token", "Health:Database:StaleAfter"], faults.Select(fault => fault.Split(' ')[0]));
        Assert.Contains("nobody could ask", Assert.Single(new DatabaseHealthOptionsValidator().Validate(null, new DatabaseHealthOptions { Access = ProbeAccess.Networks }).Failures!), StringComparison.Ordinal);
        Assert.True(new DatabaseHealthOptionsValidator().Validate(null, new DatabaseHealthOptions()).Succeeded);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(EnvironmentSnapshot snapshot, Uri path, string? bearer = null, string from = "192.0.2.7", params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, one.Value)));
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton(MetricTextTests.Watches(snapshot)).AddSingleton<CircuitSeats>().AddDatabaseHealth().AddScraping().AddHealthChecks();
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            return next(context);
        });
        app.UseScraping();
        app.MapHealth();
        await app.StartAsync();
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var json = text.StartsWith('{') ? JsonDocument.Parse(text) : JsonDocument.Parse("{}");
        return (response.StatusCode, json.RootElement.Clone());
    }

    private static EnvironmentSnapshot Crowded() => Snapshots.Live(
        Snapshots.Session(1, SessionState.Active),
        Snapshots.Session(2, SessionState.Active) with { WaitEventType = "IO", WaitEvent = "DataFileRead" },
        Snapshots.Session(3, SessionState.Active, "mnfst-rag-backend", 4),
        Snapshots.Session(4, SessionState.IdleInTransaction),
        Snapshots.Session(5) with { WaitEventType = "Client", WaitEvent = "ClientRead" },
        Snapshots.Session(6) with { IsDashboard = true });

    private static StatementCounters Statement(long id, long calls, double milliseconds) => new(new StatementKey(id, 1, 1, true), calls, milliseconds, 0, 0, 0, 0, null, 0, null, null);

    private static string Text(JsonElement answer, string name) => answer.GetProperty(name).GetString() ?? "";

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();
}
