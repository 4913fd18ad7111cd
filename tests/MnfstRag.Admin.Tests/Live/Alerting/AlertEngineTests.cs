using System.Text.Json;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Live;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Tests.Live.Alerting;

public sealed class AlertEngineTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private AlertBench _bench = null!;

    public async Task InitializeAsync() => _bench = await AlertBench.CreateAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_alert_is_raised_once_told_once_and_ends_once_over_restarts_and_a_second_leader()
    {
        await using var receiver = await Receiver.StartAsync();
        await _bench.AddWebhookAsync(receiver.Url);
        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(90));
        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(90));
        await Task.WhenAll(_bench.NewEngine().LookAsync(CancellationToken.None), _bench.NewEngine().LookAsync(CancellationToken.None));

        var alert = Assert.Single(await _bench.AlertsAsync());
        Assert.Equal((AlertRules.Connections, FindingLevel.Critical, null), (alert.Rule, alert.Level, alert.EndedAt));
        Assert.Equal("90 of 97 connections are used (92.8 %).", alert.Evidence);
        Assert.Single(await _bench.DeliveriesAsync());

        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(10));
        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(10));
        Assert.NotNull(Assert.Single(await _bench.AlertsAsync()).EndedAt);
        Assert.Equal(2, (await _bench.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task A_follower_judges_nothing()
    {
        await _bench.LookForAsync(_bench.NewEngine(leads: false), Long, () => _bench.Used(97));
        Assert.Empty(await _bench.AlertsAsync());
    }

    [Fact]
    public async Task A_lost_server_is_told_and_its_other_alerts_stay_as_they_are()
    {
        var engine = _bench.NewEngine();
        await _bench.LookForAsync(engine, Long, () => _bench.Used(80));
        var lost = _bench.Clock.GetUtcNow();
        await _bench.LookForAsync(engine, TimeSpan.FromMinutes(5), () => _bench.Lost(lost));
        Assert.Equal([AlertRules.Connections, AlertRules.Reach], (await _bench.AlertsAsync()).Where(row => row.EndedAt is null).Select(row => row.Rule).Order(StringComparer.Ordinal));
        await _bench.LookForAsync(engine, Long, () => _bench.Used(10));
        Assert.All(await _bench.AlertsAsync(), row => Assert.NotNull(row.EndedAt));
    }

    [Fact]
    public async Task Changes_that_fall_together_are_one_message_and_a_storm_is_cut()
    {
        await using var receiver = await Receiver.StartAsync();
        await _bench.AddWebhookAsync(receiver.Url);
        _bench.Sources.Add(new Storm(50));
        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(10));

        var message = JsonSerializer.Deserialize<AlertMessage>(Assert.Single(await _bench.DeliveriesAsync()).Body, AlertTelling.Json)!;
        Assert.Equal((AlertMessage.Most, 50 - AlertMessage.Most, "production: 50 alerts began or worsened", "https://admin.example.org/alerts?environment=production"), (message.Alerts.Count, message.More, message.Subject, message.Link));
        Assert.All(message.Alerts, one => Assert.Equal(("raised", "warning", AlertRules.Sequence), (one.State, one.Level, one.Rule)));
    }

    [Fact]
    public async Task Critical_alerts_alone_reach_a_channel_that_wants_no_others()
    {
        await using var receiver = await Receiver.StartAsync();
        await _bench.AddWebhookAsync(receiver.Url, FindingLevel.Critical);
        var engine = _bench.NewEngine();
        await _bench.LookForAsync(engine, Long, () => _bench.Used(80));
        Assert.Empty(await _bench.DeliveriesAsync());
        await _bench.LookForAsync(engine, Long, () => _bench.Used(95));
        Assert.Contains("critical", Assert.Single(await _bench.DeliveriesAsync()).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_in_a_quiet_time_and_what_lasts_is_told_after_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await _bench.AddWebhookAsync(receiver.Url);
        Assert.Null(await _bench.Alerts().MuteAsync(new MuteDraft(AlertBench.Environment, AlertRules.Connections, null, "the pool is being resized", null, TimeSpan.FromMinutes(10))));
        var engine = _bench.NewEngine();
        await _bench.LookForAsync(engine, TimeSpan.FromMinutes(8), () => _bench.Used(90));
        Assert.Single(await _bench.AlertsAsync());
        Assert.Empty(await _bench.DeliveriesAsync());
        Assert.True(Assert.Single((await _bench.Alerts().ReadAsync()).Lasting).Muted);

        await _bench.LookForAsync(engine, TimeSpan.FromMinutes(3), () => _bench.Used(90));
        Assert.Single(await _bench.DeliveriesAsync());
    }

    [Theory]
    [InlineData(AlertRules.Connections, "all", -1, 10, true)]
    [InlineData(AlertRules.Connections, null, -1, 10, true)]
    [InlineData(null, null, -1, 10, true)]
    [InlineData(AlertRules.Connections, "another", -1, 10, false)]
    [InlineData(AlertRules.Blocked, null, -1, 10, false)]
    [InlineData(null, null, 1, 10, false)]
    [InlineData(null, null, -10, 0, false)]
    public void A_mute_covers_its_rule_its_object_and_its_time_alone(string? rule, string? @object, int from, int until, bool covers)
    {
        var now = _bench.Clock.GetUtcNow();
        var mute = new AlertMuteRow { EnvironmentId = _bench.EnvironmentId, Rule = rule, Object = @object, Reason = "work", By = "ada", From = now.AddMinutes(from), Until = now.AddMinutes(until) };
        var alert = new AlertRow { EnvironmentId = _bench.EnvironmentId, Rule = AlertRules.Connections, Object = "all", Evidence = "" };
        Assert.Equal(covers, mute.Covers(alert, now));
        mute.EnvironmentId = Guid.NewGuid();
        Assert.False(mute.Covers(alert, now));
    }

    [Fact]
    public async Task What_began_and_ended_within_a_quiet_time_is_told_to_nobody()
    {
        await using var receiver = await Receiver.StartAsync();
        await _bench.AddWebhookAsync(receiver.Url);
        _bench.Quiet.Add(new Always());
        var engine = _bench.NewEngine();
        await _bench.LookForAsync(engine, Long, () => _bench.Used(90));
        await _bench.LookForAsync(engine, Long, () => _bench.Used(5));
        _bench.Quiet.Clear();
        await _bench.LookForAsync(_bench.NewEngine(), Long, () => _bench.Used(5));
        Assert.NotNull(Assert.Single(await _bench.AlertsAsync()).EndedAt);
        Assert.Empty(await _bench.DeliveriesAsync());
    }

    [Theory]
    [InlineData(-30, 60, true)]
    [InlineData(-61, 60, false)]
    [InlineData(1, 60, false)]
    public async Task A_maintenance_window_is_a_quiet_time_while_it_is_open(int openedMinutesAgo, int length, bool quiet)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        var opens = TimeZoneInfo.ConvertTime(_bench.Clock.GetUtcNow().AddMinutes(openedMinutesAgo), zone);
        await using (var context = await _bench.Contexts.CreateDbContextAsync())
        {
            context.MaintenanceWindows.Add(new MaintenanceWindowRow { Id = Guid.NewGuid(), EnvironmentId = _bench.EnvironmentId, Name = "nightly", Cron = $"{opens.Minute} {opens.Hour} * * *", TimeZone = zone.Id, Minutes = length, By = "ada", At = _bench.Clock.GetUtcNow() });
            await context.SaveChangesAsync();
        }

        // To the minute: the window opens at the full one.
        Assert.Equal(quiet, await new OpenWindows(_bench.Contexts).IsQuietAsync(_bench.EnvironmentId, _bench.Clock.GetUtcNow(), CancellationToken.None));
        Assert.False(await new OpenWindows(_bench.Contexts).IsQuietAsync(Guid.NewGuid(), _bench.Clock.GetUtcNow(), CancellationToken.None));
    }

    [Fact]
    public async Task An_environments_own_thresholds_hold_at_once_and_a_rule_switched_off_ends_its_alerts()
    {
        var engine = _bench.NewEngine();
        var rules = _bench.RulesService();
        await _bench.LookForAsync(engine, Long, () => _bench.Used(50));
        Assert.Empty(await _bench.AlertsAsync());
        Assert.Null(await rules.SaveAsync(AlertBench.Environment, new RuleDraft(AlertRules.Connections, true, 40, null, 0), AlertBench.Password));
        await _bench.LookForAsync(engine, TimeSpan.FromSeconds(5), () => _bench.Used(50));
        Assert.Equal(FindingLevel.Warning, Assert.Single(await _bench.AlertsAsync()).Level);
        Assert.Null(await rules.SaveAsync(AlertBench.Environment, new RuleDraft(AlertRules.Connections, false, 40, null, 0), AlertBench.Password));
        await _bench.LookForAsync(engine, TimeSpan.FromSeconds(5), () => _bench.Used(50));
        Assert.NotNull(Assert.Single(await _bench.AlertsAsync()).EndedAt);
    }

    private sealed class Storm(int objects) : IAlertSource
    {
        public AlertReadings Add(AlertReadings readings, EnvironmentSnapshot snapshot, DateTimeOffset now) =>
            readings.With(AlertRules.Sequence, Enumerable.Range(0, objects).Select(index => new AlertReading($"public.s{index}", 80, "80 %")));
    }

    private sealed class Always : IQuietTimes
    {
        public Task<bool> IsQuietAsync(Guid environmentId, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(true);
    }
}
