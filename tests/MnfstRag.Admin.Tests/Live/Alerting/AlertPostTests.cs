using System.Buffers;
using System.Globalization;
using System.Text;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Features.Alerts;
using MnfstRag.Admin.Live.Alerting;
using MnfstRag.Postgres.Advising;
using MnfstRag.Testing;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MnfstRag.Admin.Tests.Live.Alerting;

public sealed class AlertPostTests : IAsyncLifetime
{
    private AlertBench _bench = null!;
    private Receiver _receiver = null!;

    public async Task InitializeAsync() => (_bench, _receiver) = (await AlertBench.CreateAsync(), await Receiver.StartAsync());

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_signed_and_sent_once()
    {
        var key = await RaisedAsync();
        var post = _bench.NewPost();
        await post.SendDueAsync(CancellationToken.None);
        await post.SendDueAsync(CancellationToken.None);

        var (id, time, signature, body) = Assert.Single(_receiver.Taken);
        var row = Assert.Single(await _bench.DeliveriesAsync());
        Assert.Equal((row.Id.ToString(), row.Body, 1, null), (id, body, row.Attempts, row.Fault));
        Assert.NotNull(row.DeliveredAt);
        Assert.Equal(WebhookSignature.Of(key, long.Parse(time, CultureInfo.InvariantCulture), body), signature);
        Assert.NotEqual(WebhookSignature.Of(key, long.Parse(time, CultureInfo.InvariantCulture), body + " "), signature);
        Assert.Contains("\"state\":\"raised\"", body, StringComparison.Ordinal);

        // As a receiver proves it, from what the page of channels says and nothing of ours: the seconds are signed too, so that an old message is not sent anew.
        var hash = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"{time}.{body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(hash)}", signature);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture)), TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task An_instance_that_does_not_lead_sends_nothing()
    {
        await RaisedAsync();
        await _bench.NewPost(leads: false).SendDueAsync(CancellationToken.None);
        Assert.Equal((0, 0), (_receiver.Asked, Assert.Single(await _bench.DeliveriesAsync()).Attempts));
    }

    [Theory]
    [InlineData(500, "status 500")]
    [InlineData(302, "redirect (302), which is not followed")]
    [InlineData(403, "refuses the message with status 403")]
    [InlineData(0, "did not answer within 5 s")]
    public async Task A_receiver_that_fails_is_tried_again_later_given_up_and_seen(int status, string words)
    {
        await RaisedAsync();
        _receiver.Status = status;

        // One that hangs is given up sooner; of the others only the pauses between retries are cut.
        var post = _bench.NewPost(status == 0 ? new HastyClock(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), 10) : new HastyClock(TimeSpan.Zero, TimeSpan.FromSeconds(3), 20));
        await post.SendDueAsync(CancellationToken.None);
        Assert.Equal(status == 500 ? 3 : 1, _receiver.Asked);
        var row = Assert.Single(await _bench.DeliveriesAsync());
        Assert.Contains(words, row.Fault, StringComparison.Ordinal);
        Assert.Equal((1, null, null), (row.Attempts, row.DeliveredAt, row.GivenUpAt));
        Assert.True(row.DueAt > _bench.Clock.GetUtcNow());

        if (status == 0)
        {
            return;
        }

        foreach (var pause in AlertPost.Pauses)
        {
            _bench.Clock.Advance(pause);
            await post.SendDueAsync(CancellationToken.None);
        }

        Assert.NotNull(Assert.Single(await _bench.DeliveriesAsync()).GivenUpAt);
        Assert.Equal(1, (await _bench.Alerts().ReadAsync()).GivenUp);
        _bench.Clock.Advance(TimeSpan.FromDays(1));
        var asked = _receiver.Asked;
        await post.SendDueAsync(CancellationToken.None);
        Assert.Equal(asked, _receiver.Asked);

        _receiver.Status = 200;
        Assert.Null(await _bench.Channels(AlertBench.Support).AgainAsync(row.Id));
        await post.SendDueAsync(CancellationToken.None);
        Assert.Equal(row.Id.ToString(), Assert.Single(_receiver.Taken).Id);
        Assert.Equal(0, (await _bench.Alerts().ReadAsync()).GivenUp);
    }

    [Fact]
    public async Task An_address_taken_from_the_list_is_not_asked_any_more()
    {
        await RaisedAsync();
        _bench.Outgoing.Allowed = "";
        await _bench.NewPost().SendDueAsync(CancellationToken.None);
        Assert.Equal(0, _receiver.Asked);
        Assert.Contains("not on the list of hosts", Assert.Single(await _bench.DeliveriesAsync()).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_goes_through_the_configured_server_to_every_recipient()
    {
        var port = FreePort.Find();
        var inbox = new Inbox();
        var provider = new ServiceProvider();
        provider.Add(inbox);
        var server = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(end => end.Endpoint(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port))).Build(), provider);
        using var stop = new CancellationTokenSource();
        var running = server.StartAsync(stop.Token);
        (_bench.Options_.Smtp.Host, _bench.Options_.Smtp.Port, _bench.Options_.Smtp.From, _bench.Options_.Smtp.Security) = ("127.0.0.1", port, "alerts@example.org", SmtpSecurity.None);
        _bench.Outgoing.Allowed = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        Assert.Null((await _bench.Channels().SaveAsync(new ChannelDraft(null, "people", AlertChannelKind.Email, "ada@example.org, \"On, call\" <oncall@example.org>", null, FindingLevel.Warning, true), AlertBench.Password)).Fault);
        await FillAsync();
        await _bench.NewPost().SendDueAsync(CancellationToken.None);

        Assert.Null(Assert.Single(await _bench.DeliveriesAsync()).Fault);
        var mail = Assert.Single(inbox.Mails);
        Assert.Contains("90 of 97 connections are used", mail, StringComparison.Ordinal);
        Assert.Contains("oncall@example.org", mail, StringComparison.Ordinal);

        _bench.Options_.Smtp.Security = SmtpSecurity.StartTls;
        Assert.Null(await _bench.Channels().TryAsync((await _bench.Channels().ReadAsync()).Channels[0].Id));
        await _bench.NewPost().SendDueAsync(CancellationToken.None);
        Assert.Contains("offers no TLS", (await _bench.DeliveriesAsync())[^1].Fault, StringComparison.Ordinal);
        Assert.Single(inbox.Mails);
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task<string> RaisedAsync()
    {
        var key = await _bench.AddWebhookAsync(_receiver.Url);
        await FillAsync();
        return key;
    }

    private async Task FillAsync()
    {
        await _bench.LookForAsync(_bench.NewEngine(), TimeSpan.FromMinutes(2), () => _bench.Used(90));
        Assert.Single(await _bench.DeliveriesAsync());
    }

    private sealed class Inbox : MessageStore
    {
        public List<string> Mails { get; } = [];

        public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            Mails.Add(Encoding.UTF8.GetString(buffer.ToArray()));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }
}
