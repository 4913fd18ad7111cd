using System.Globalization;
using System.Text;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.Entities;
using MnfstRag.Admin.Live.Reaching;
using MnfstRag.Postgres.Connecting;
using Polly;
using Polly.Retry;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>Posts signed JSON through the outgoing guard: no redirects, no proxy, at most 5 s a try; a receiver that stumbles is tried again twice at once, and later by <see cref="AlertPost"/>.</summary>
internal sealed class WebhookCarrier(AlertSecrets secrets, IReachList reach, TimeProvider clock) : IAlertCarrier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline<Reply> _pipeline = new ResiliencePipelineBuilder<Reply> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<Reply>
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result?.MayPass == true),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(500),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    public AlertChannelKind Kind => AlertChannelKind.Webhook;

    public async Task<string?> SendAsync(AlertChannelRow channel, AlertDeliveryRow delivery, CancellationToken cancellationToken)
    {
        if (secrets.Open(channel.ProtectedAddress) is not { } text || secrets.Open(channel.ProtectedKey) is not { } key || !Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            return "The channel's address cannot be decrypted: its keys are gone. Type address and key again.";
        }

        var host = GuardedHttp.HostOf(address);
        using var client = GuardedHttp.Client(reach.Policy, host);
        return (await _pipeline.ExecuteAsync(async stop => await TryAsync(client, address, key, delivery, stop), cancellationToken)).Fault;
    }

    private async Task<Reply> TryAsync(HttpClient client, Uri address, string key, AlertDeliveryRow delivery, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(delivery.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, delivery.Id.ToString());
        request.Headers.Add(WebhookSignature.TimeHeader, seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(key, seconds, delivery.Body));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new Reply(null, MayPass: false),
                >= 300 and < 400 => new Reply($"The receiver answers with a redirect ({status}), which is not followed. Name its own address.", MayPass: false),
                408 or 429 or >= 500 => new Reply($"The receiver answers with status {status}.", MayPass: true),
                _ => new Reply($"The receiver refuses the message with status {status}. Check the address and the receiver's log.", MayPass: false),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Silence(exception);
        }
    }

    private static Reply Silence(Exception exception) => GuardedHttp.SilenceOf(exception) switch
    {
        (HttpSilence.Guarded, var words) => new Reply($"{words} An administrator allows it on the page of environments if messages are meant to go there.", MayPass: false),
        (HttpSilence.Refused, _) => new Reply("Nothing listens at the receiver's address.", MayPass: true),
        (HttpSilence.Unknown, _) => new Reply("The receiver's name does not resolve.", MayPass: true),
        (HttpSilence.Unproven, _) => new Reply("The receiver's TLS certificate does not verify, so nothing was sent.", MayPass: false),
        (HttpSilence.Late, _) => new Reply(string.Create(CultureInfo.InvariantCulture, $"The receiver did not answer within {Limit.TotalSeconds:0} s."), MayPass: false),
        _ => new Reply("The receiver broke the connection off or does not speak HTTP.", MayPass: true),
    };

    private sealed record Reply(string? Fault, bool MayPass);
}
