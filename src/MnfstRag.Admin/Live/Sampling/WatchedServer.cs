using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>The server behind one watch credential: which readers are due at a tick, and the connection they share.</summary>
internal sealed class WatchedServer : IAsyncDisposable
{
    private readonly Schedule _schedule;
    private readonly StatementTexts _texts;
    private readonly ServerReader? _reader;
    private readonly string? _unusable;

    /// <summary>Opens nothing yet: the first reading does.</summary>
    public WatchedServer(string url, SamplerOptions options, TimeProvider clock)
        : this(DatabaseUrl.Parse(url).Url, several: false, options, clock) =>
        _unusable = DatabaseUrl.Parse(url).Fault is { } fault ? $"The watch credential is no DATABASE_URL that can be used: {fault.Words}" : null;

    /// <summary>The same for an address that has been read already.</summary>
    /// <param name="url">The address of one host; null for one that cannot be used.</param>
    /// <param name="several">It is one of several hosts of its environment.</param>
    /// <param name="options">Time limits and intervals.</param>
    /// <param name="clock">Our clock.</param>
    public WatchedServer(DatabaseUrl? url, bool several, SamplerOptions options, TimeProvider clock)
    {
        _schedule = new Schedule(options, clock, several);
        _texts = new StatementTexts(clock);
        _reader = url is { } address
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

    /// <summary>Texts of statements, as far as they are known.</summary>
    public IReadOnlyDictionary<StatementKey, StatementText> Texts => _texts.Known;

    /// <summary>One round trip with the readers that are due. Answers within the tick's budget, whatever the server does.</summary>
    /// <param name="watched">Somebody looks: some readers run more often then.</param>
    /// <param name="elsewhere">Runs what any node can read (<see cref="Schedule.SameEverywhere"/>) on another one; null where there is none.</param>
    /// <param name="cancellationToken">Gives the connection up.</param>
    public async Task<ServerReading> ReadAsync(bool watched, Action<IReadOnlyList<IReader>>? elsewhere, CancellationToken cancellationToken)
    {
        var reader = _reader ?? throw new InvalidOperationException("Asked to read a server whose address cannot be used.");
        var due = _schedule.Due(watched);
        if (elsewhere is not null && due.Where(Schedule.SameEverywhere.Contains).ToList() is { Count: > 0 } handed)
        {
            elsewhere(handed);
            _schedule.Handed(handed);
            due = [.. due.Except(handed)];
        }

        var reading = await reader.ReadAsync(_texts.Due() is { } texts ? [.. due, texts] : due, cancellationToken);
        _schedule.Ran(due, reading);
        _texts.Take(reading);
        return reading;
    }

    /// <summary>What ran elsewhere failed there: it is tried again before its time.</summary>
    public void Failed(IReadOnlyList<IReader> readers) => _schedule.Handed(readers, failed: true);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;
}
