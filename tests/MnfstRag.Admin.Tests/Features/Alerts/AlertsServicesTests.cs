using MnfstRag.Admin.Access;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Tests.Live.Alerting;
using MnfstRag.Postgres.Advising;
using MnfstRag.Postgres.Alerting;

namespace MnfstRag.Admin.Tests.Features.Alerts;

public sealed class AlertsServicesTests : IAsyncLifetime
{
    private AlertBench _bench = null!;

    public async Task InitializeAsync() => _bench = await AlertBench.CreateAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Support_takes_care_of_an_alert_and_it_is_written_down()
    {
        await _bench.LookForAsync(_bench.NewEngine(), TimeSpan.FromMinutes(2), () => _bench.Used(90));
        var alerts = _bench.Alerts(AlertBench.Support);
        var alert = Assert.Single((await alerts.ReadAsync()).Lasting);
        Assert.Null(await alerts.AcknowledgeAsync(alert.Id, "  on it  "));
        alert = Assert.Single((await alerts.ReadAsync()).Lasting);
        Assert.Equal(("sam", "on it"), (alert.AcknowledgedBy, alert.Note));
        Assert.Equal("1", await AuditAsync("alert.acknowledge"));
        Assert.Contains("over by now", await alerts.AcknowledgeAsync(Guid.NewGuid(), ""), StringComparison.Ordinal);
        Assert.Contains("301 characters", await alerts.AcknowledgeAsync(alert.Id, new string('x', 301)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mute_needs_a_reason_a_length_and_an_environment()
    {
        var alerts = _bench.Alerts(AlertBench.Support);
        var good = new MuteDraft(AlertBench.Environment, null, null, "planned work", null, TimeSpan.FromHours(1));
        Assert.Contains("why", await alerts.MuteAsync(good with { Reason = " x " }), StringComparison.Ordinal);
        Assert.Contains("30 days", await alerts.MuteAsync(good with { Length = TimeSpan.FromDays(31) }), StringComparison.Ordinal);
        Assert.Contains("90 days", await alerts.MuteAsync(good with { From = _bench.Clock.GetUtcNow().AddDays(100) }), StringComparison.Ordinal);
        Assert.Contains("no rule", await alerts.MuteAsync(good with { Rule = "x" }), StringComparison.Ordinal);
        Assert.Contains("no environment", await alerts.MuteAsync(good with { Environment = "gone" }), StringComparison.Ordinal);
        Assert.Null(await alerts.MuteAsync(good with { From = _bench.Clock.GetUtcNow().AddHours(2) }));
        var mute = Assert.Single((await alerts.ReadAsync()).Mutes);
        Assert.False(mute.Holds);
        _bench.Clock.Advance(TimeSpan.FromHours(2.5));
        Assert.True(Assert.Single((await alerts.ReadAsync()).Mutes).Holds);
        Assert.Null(await alerts.UnmuteAsync(mute.Id));
        Assert.Contains("over already", await alerts.UnmuteAsync(mute.Id), StringComparison.Ordinal);
        Assert.Equal(("1", "1"), (await AuditAsync("alert.mute"), await AuditAsync("alert.unmute")));
    }

    [Theory]
    [InlineData("connections", true, 80.0, 70.0, 0, "lower")]
    [InlineData("certificate", true, 7.0, 30.0, 0, "higher")]
    [InlineData("connections", true, 80.0, 120.0, 0, "100 %")]
    [InlineData("connections", true, -1.0, null, 0, "between 0")]
    [InlineData("connections", true, double.NaN, null, 0, "between 0")]
    [InlineData("connections", true, null, null, 0, "without a threshold")]
    [InlineData("connections", true, 80.0, 90.0, 86401, "86,400")]
    [InlineData("x", true, 80.0, 90.0, 0, "no rule")]
    public async Task Thresholds_that_make_no_sense_are_refused_and_change_nothing(string rule, bool enabled, double? warning, double? critical, int seconds, string words)
    {
        Assert.Contains(words, await _bench.RulesService().SaveAsync(AlertBench.Environment, new RuleDraft(rule, enabled, warning, critical, seconds), AlertBench.Password), StringComparison.Ordinal);
        Assert.All((await _bench.RulesService().ReadAsync(AlertBench.Environment))!, one => Assert.Null(one.By));
    }

    [Fact]
    public async Task Rules_change_with_the_right_password_alone_and_go_back_to_their_own()
    {
        var rules = _bench.RulesService();
        var draft = new RuleDraft(AlertRules.Blocked, true, 10, null, 5);
        Assert.NotNull(await rules.SaveAsync(AlertBench.Environment, draft, "wrong"));
        Assert.Equal("0", await AuditAsync("alert.rule"));
        Assert.Null(await rules.SaveAsync(AlertBench.Environment, draft, AlertBench.Password));
        var rule = (await rules.ReadAsync(AlertBench.Environment))!.Single(one => one.Default.Key == AlertRules.Blocked);
        Assert.Equal((10.0, null, 5, "ada"), (rule.Warning, rule.Critical, rule.ForSeconds, rule.By));
        Assert.Null(await rules.ResetAsync(AlertBench.Environment, AlertRules.Blocked, AlertBench.Password));
        Assert.NotNull(await rules.ResetAsync(AlertBench.Environment, AlertRules.Blocked, AlertBench.Password));
        Assert.Null(await rules.ReadAsync("gone"));
        Assert.Equal("2", await AuditAsync("alert.rule"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.RulesService(AlertBench.Support).SaveAsync(AlertBench.Environment, draft, AlertBench.Password));
    }

    [Theory]
    [InlineData("ftp://hooks.example.org/x", "whole address")]
    [InlineData("https://user:pw@hooks.example.org/x", "whole address")]
    [InlineData("http://hooks.example.org/x", "https only")]
    [InlineData("https://hooks.example.org/x", "not on the list")]
    [InlineData("https://169.254.169.254/latest", "never asked")]
    [InlineData("https://[::ffff:169.254.169.254]/latest", "never asked")]
    [InlineData("https://hooks.example.org/x\r\nHost: y", "no line breaks")]
    public async Task A_webhook_that_must_not_be_asked_is_refused(string address, string words)
    {
        _bench.Outgoing.Allowed = "169.254.169.254:443 [::ffff:169.254.169.254]:443";
        Assert.Contains(words, (await _bench.Channels().SaveAsync(new ChannelDraft(null, "x", AlertChannelKind.Webhook, address, null, FindingLevel.Warning, true), AlertBench.Password)).Fault, StringComparison.Ordinal);
        Assert.Empty((await _bench.Channels().ReadAsync()).Channels);
    }

    [Fact]
    public async Task A_channels_address_and_key_are_never_shown_again_nor_written_down()
    {
        const string Address = "https://hooks.example.org:8443/services/T0k3nThatIsSecret";
        _bench.Outgoing.Allowed = "hooks.example.org:8443";
        var saved = await _bench.Channels().SaveAsync(new ChannelDraft(null, "on-call", AlertChannelKind.Webhook, Address, AlertBench.Environment, FindingLevel.Critical, true), AlertBench.Password);
        var channel = Assert.Single((await _bench.Channels(AlertBench.Support).ReadAsync()).Channels);
        Assert.Equal(("hooks.example.org:8443", AlertBench.Environment), (channel.Place, channel.Environment));
        var stored = await ScalarAsync("SELECT string_agg(to_jsonb(c)::text, '') || (SELECT string_agg(to_jsonb(a)::text, '') FROM audit.entries a) FROM admin.alert_channels c");
        Assert.DoesNotContain("T0k3nThatIsSecret", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(saved.Key!, stored, StringComparison.Ordinal);

        Assert.Null((await _bench.Channels().SaveAsync(new ChannelDraft(channel.Id, "renamed", AlertChannelKind.Webhook, "", null, FindingLevel.Warning, false), AlertBench.Password)).Key);
        channel = Assert.Single((await _bench.Channels().ReadAsync()).Channels);
        Assert.Equal(("renamed", "hooks.example.org:8443", false), (channel.Name, channel.Place, channel.Enabled));
        Assert.NotNull(await _bench.Channels().RemoveAsync(channel.Id, "wrong"));
        Assert.Null(await _bench.Channels().RemoveAsync(channel.Id, AlertBench.Password));
        Assert.Empty((await _bench.Channels().ReadAsync()).Channels);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => _bench.Channels(AlertBench.Support).TryAsync(channel.Id));
    }

    [Fact]
    public async Task Mail_needs_a_server_and_addresses()
    {
        var draft = new ChannelDraft(null, "people", AlertChannelKind.Email, "ada@example.org", null, FindingLevel.Warning, true);
        Assert.Contains("Alerts:Smtp:Host", (await _bench.Channels().SaveAsync(draft, AlertBench.Password)).Fault, StringComparison.Ordinal);
        _bench.Options_.Smtp.Host = "127.0.0.1";
        Assert.Contains("e-mail addresses", (await _bench.Channels().SaveAsync(draft with { Address = "nobody" }, AlertBench.Password)).Fault, StringComparison.Ordinal);
        Assert.Contains("20 recipients", (await _bench.Channels().SaveAsync(draft with { Address = string.Join(',', Enumerable.Range(0, 21).Select(index => $"a{index}@example.org")) }, AlertBench.Password)).Fault, StringComparison.Ordinal);
    }

    private Task<string> AuditAsync(string action) => ScalarAsync($"SELECT count(*)::text FROM audit.entries WHERE action = '{action}'");

    private async Task<string> ScalarAsync(string sql)
    {
        await using var connection = await _bench.Store.Database.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
