using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The server behind one watch credential: which readers are due at a tick, and the connection they share.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private static readonly IReadOnlyList<IReader> EveryTick = [ActivityReader.Instance, LockReader.Instance, DatabaseCountersReader.Instance];
    private static readonly IReadOnlyList<IReader> Sometimes = [.. EveryTick, ServerLimitsReader.Instance];

    private readonly SamplerOptions _options;
    private readonly TimeProvider _clock;
    private readonly ServerReader? _reader;
    private readonly string? _unusable;
    private long? _limitsAt;

    /// <summary>Opens nothing yet: the first reading does.</summary>
    public WatchedServer(string url, SamplerOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        var parsed = DatabaseUrl.Parse(url);
        _unusable = parsed.Fault is not null ? $"The watch credential is no DATABASE_URL that can be used: {parsed.Fault.Words}" : null;
        _reader = parsed.Url is { } address
            ? new ServerReader(
                address,
                new ServerReaderOptions
                {
                    ConnectTimeout = options.ConnectTimeout,
                    StatementTimeout = options.TickBudget,
                    Budget = options.TickBudget,
                    CapabilitiesAge = options.SlowInterval,
                },
                clock)
            : null;
    }

    /// <summary>Why no reading is possible at all; null when one may be tried.</summary>
    public string? Unusable => _unusable;

    /// <summary>One round trip with the readers that are due. Answers within the tick's budget, whatever the server does.</summary>
    public async Task<ServerReading> ReadAsync(CancellationToken cancellationToken)
    {
        var reader = _reader ?? throw new InvalidOperationException("Asked to read a server whose address cannot be used.");
        var sometimes = _limitsAt is not { } at || _clock.GetElapsedTime(at) >= _options.SlowInterval;
        var reading = await reader.ReadAsync(sometimes ? Sometimes : EveryTick, cancellationToken);
        if (reading.Of(ServerLimitsReader.Instance).Value is not null)
        {
            _limitsAt = _clock.GetTimestamp();
        }
        else if (reading.Fault is not null)
        {
            // A restart may have changed max_connections.
            _limitsAt = null;
        }

        return reading;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
