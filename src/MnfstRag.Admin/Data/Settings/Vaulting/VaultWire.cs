using System.Net.Http.Json;
using System.Text.Json;
using MnfstRag.Postgres.Connecting;
using Polly;
using Polly.Retry;

namespace MnfstRag.Admin.Data.Settings.Vaulting;

/// <summary>
/// Requests to one Vault server: through the guard, to the address that was judged, without proxy, redirects or cookies, at most 64 kB and 3 s
/// each; tried again, twice at most, where that can do no harm.
/// </summary>
internal sealed class VaultWire : IDisposable
{
    /// <summary>Longest time of one attempt, connecting included.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private const int MostBytes = 64 * 1024;

    private readonly VaultAddress _address;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<VaultReply> _reads;
    private readonly ResiliencePipeline<VaultReply> _others;

    public VaultWire(VaultAddress address, ReachPolicy policy, TimeProvider clock)
    {
        (_address, _clock) = (address, clock);
        _client = GuardedHttp.Client(policy, GuardedHttp.HostOf(address.Server));
        (_reads, _others) = (Pipeline(isRead: true), Pipeline(isRead: false));
    }

    /// <summary>Sends a request; whatever happens is a reply, except being called off.</summary>
    /// <param name="method">HTTP method; GET counts as a read.</param>
    /// <param name="path">Behind <c>/v1/</c>.</param>
    /// <param name="token">The token; null when signing in.</param>
    /// <param name="body">Sent as JSON; null for none.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public async Task<VaultReply> SendAsync(HttpMethod method, string path, string? token, object? body, CancellationToken cancellationToken) =>
        await (method == HttpMethod.Get ? _reads : _others).ExecuteAsync(async stop => await TryAsync(method, path, token, body, stop), cancellationToken);

    public void Dispose() => _client.Dispose();

    private ResiliencePipeline<VaultReply> Pipeline(bool isRead) => new ResiliencePipelineBuilder<VaultReply> { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions<VaultReply>
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result?.IsWorthRetrying(isRead) == true),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private async Task<VaultReply> TryAsync(HttpMethod method, string path, string? token, object? body, CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource(Limit, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        using var request = new HttpRequestMessage(method, new Uri(_address.Server, $"/v1/{path}")) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token);
        }

        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Silence(exception);
        }
    }

    private async Task<VaultReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var status = (int)response.StatusCode;
        try
        {
            var body = length is 0 or > MostBytes ? default : JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            var errors = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array
                ? string.Join("; ", list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()))
                : "";
            return length <= MostBytes
                ? new VaultReply(status, body, errors)
                : new VaultReply(0, default, "", $"{_address.Place} answers with more than 64 kB, which no secret of this product has. Check VAULT_URL.", VaultState.Odd);
        }
        catch (JsonException)
        {
            return status >= 400
                ? new VaultReply(status, default, "")
                : new VaultReply(0, default, "", $"{_address.Place} does not answer as Vault does. Check host and port of VAULT_URL.", VaultState.Odd);
        }
    }

    private VaultReply Silence(Exception exception) => GuardedHttp.SilenceOf(exception) switch
    {
        (HttpSilence.Guarded, var words) => Reply($"{words} Add it to {ReachSettings.Key} if Vault is meant to be asked there.", neverSent: true, VaultState.NotListed),
        (HttpSilence.Refused, _) => Reply($"Nothing listens at {_address.Place}. Start Vault there, or check host and port of VAULT_URL.", neverSent: true),
        (HttpSilence.Unknown, _) => Reply($"The name in {_address.Place} does not resolve. Check VAULT_URL and the name service.", neverSent: true),
        (HttpSilence.Unproven, _) => Reply($"The TLS certificate of {_address.Place} does not verify, so nothing was sent. Use a certificate that this machine trusts, made out to that name and not expired.", neverSent: true),
        (HttpSilence.Late, _) => Reply($"{_address.Place} did not answer within {Limit.TotalSeconds:0} s.", neverSent: false),
        _ => Reply($"{_address.Place} broke the connection off or does not speak HTTP. Check scheme, host and port of VAULT_URL.", neverSent: false),
    };

    private static VaultReply Reply(FormattableString words, bool neverSent, VaultState state = VaultState.Unreachable) =>
        new(0, default, "", FormattableString.Invariant(words), state, neverSent);
}
