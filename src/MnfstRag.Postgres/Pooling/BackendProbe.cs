using System.Globalization;
using System.Net;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Pooling;

/// <summary>
/// Asks one instance of the backend for <c>/health/db-pool</c>: through the guard, to the address that was judged, without proxy, redirects,
/// cookies or credentials, at most 64 kB within the time limit.
/// </summary>
public sealed class BackendProbe : IDisposable
{
    private const int MostBytes = 64 * 1024;
    private const string Path = "health/db-pool";

    private readonly DatabaseHost _host;
    private readonly Uri _address;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <summary>Asks nothing yet.</summary>
    /// <param name="backend">Its base address, http or https.</param>
    /// <param name="policy">Which addresses may be asked.</param>
    /// <param name="limit">Longest time of one answer, connecting included.</param>
    /// <param name="time">For the limit.</param>
    public BackendProbe(Uri backend, ReachPolicy policy, TimeSpan limit, TimeProvider time)
    {
        (_limit, _time) = (limit, time);
        _host = GuardedHttp.HostOf(backend);
        _address = new Uri(backend.AbsoluteUri.TrimEnd('/') + "/" + Path);
        _client = GuardedHttp.Client(policy, _host);
    }

    /// <summary>Host and port, as a person knows the instance.</summary>
    public string Place => _host.ToString();

    /// <summary>Asks once.</summary>
    public async Task<Answer<BackendPool>> AskAsync(CancellationToken cancellationToken)
    {
        using var ended = new CancellationTokenSource(_limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        try
        {
            using var response = await _client.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (int)response.StatusCode switch
            {
                >= 300 and < 400 => new(null, $"{Place} answers with a redirect ({(int)response.StatusCode}), which is not followed. Name the backend's own address."),
                404 => new(null, $"{Place} knows no /{Path} (404). Check that the address is the backend's own."),
                _ when await BodyAsync(response, either.Token) is { } body => Judged(BackendPoolText.Read(body, Place), response.StatusCode),
                _ => new(null, $"{Place} answers with more than 64 kB, which no state of a pool has. Check that the address is the backend's own."),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, Words(exception));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    /// <summary>An answer that is no pool's and comes with an error status is told by its status.</summary>
    private Answer<BackendPool> Judged(Answer<BackendPool> answer, HttpStatusCode status) => answer.Value is null && (int)status >= 400
        ? new(null, string.Create(CultureInfo.InvariantCulture, $"{Place} answers /{Path} with status {(int)status}. Look into the backend's log."))
        : answer;

    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBytes)
        {
            // Not "null" in a conditional expression: that would become an empty memory.
            return null;
        }

        return buffer.AsMemory(0, length);
    }

    private string Words(Exception exception) => GuardedHttp.SilenceOf(exception) switch
    {
        (HttpSilence.Guarded, var words) => $"{words} Add it to {ReachSettings.Key} if the backend is meant to be asked.",
        (HttpSilence.Refused, _) => $"Nothing listens at {Place}. Start the backend there, or check host and port of its address.",
        (HttpSilence.Unknown, _) => $"The name in {Place} does not resolve. Check its spelling and the name service.",
        (HttpSilence.Unproven, _) => $"The TLS certificate of {Place} does not verify. Use a certificate that this machine trusts, made out to that name.",
        (HttpSilence.Late, _) => string.Create(CultureInfo.InvariantCulture, $"{Place} did not answer within {_limit.TotalSeconds:0.#} s. A backend whose workers all wait for a connection answers nothing at all."),
        _ => $"{Place} broke the connection off or does not speak HTTP. Check scheme, host and port of the backend's address.",
    };
}
