using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Asks the sources of one environment: all at once, each by itself, none longer than the limit.</summary>
internal sealed class PoolSampler(EnvironmentWatch watch, IPoolSources sources, ReachPolicy policy, StorePoolMeter meter, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    /// <summary>Longest time of one source, connecting included.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly PoolTrack _track = new();
    private PoolSources? _asked;
    private List<BackendProbe> _backends = [];
    private PgBouncerConsole? _console;
    private long? _last;

    private string Name => watch.Environment.Name;

    /// <summary>Whether it is time to ask again.</summary>
    public bool IsDue(SamplerOptions options) =>
        _last is not { } last || clock.GetElapsedTime(last) >= (watch.Feed.Viewers > 0 ? options.PoolInterval : options.PoolIdleInterval);

    /// <summary>Asks once and hands what came to the environment.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        _last = clock.GetTimestamp();
        await FollowAsync();
        var backends = _backends.ConvertAll(probe => GuardAsync(probe.Place, () => probe.AskAsync(cancellationToken), cancellationToken));
        var pooler = _console is { } console ? GuardAsync("PgBouncer", () => console.ReadAsync(cancellationToken), cancellationToken) : null;
        await Task.WhenAll([.. backends, pooler ?? Task.CompletedTask]);
        var latest = watch.Feed.Latest;
        var use = latest is { State: WatchState.Live, Activity: { } activity } ? ApplicationUse.Of(activity, latest.Capabilities?.Database) : null;
        cancellationToken.ThrowIfCancellationRequested();
        List<(string, Answer<BackendPool>)> answers = [];
        foreach (var (probe, answer) in _backends.Zip(backends))
        {
            answers.Add((probe.Place, await answer));
        }

        watch.Pools = _track.Next(clock.GetUtcNow(), Name, _asked!, answers, pooler is null ? null : await pooler, meter.Read(), use);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        watch.Pools = null;
        await CloseAsync();
    }

    /// <summary>Other sources are asked from now on where they changed.</summary>
    private async Task FollowAsync()
    {
        var now = sources.Of(Name);
        if (ReferenceEquals(now, _asked))
        {
            return;
        }

        await CloseAsync();
        _asked = now;
        _backends = [.. now.Backends.Select(address => new BackendProbe(address, policy, Limit, clock))];
        _console = now.PgBouncer is { } address ? new PgBouncerConsole(address, policy, Limit, clock) : null;
    }

    /// <summary>A source that breaks in a way that nobody foresaw never takes the others along.</summary>
    private async Task<Answer<T>> GuardAsync<T>(string place, Func<Task<Answer<T>>> ask, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            PoolLog.Unexpected(logger, Name, place, exception);
            return new Answer<T>(null, $"Asking {place} met an unexpected fault; the dashboard's log has it under event 4040.");
        }
    }

    private async Task CloseAsync()
    {
        _backends.ForEach(probe => probe.Dispose());
        _backends = [];
        if (_console is { } console)
        {
            _console = null;
            await console.DisposeAsync();
        }
    }
}
