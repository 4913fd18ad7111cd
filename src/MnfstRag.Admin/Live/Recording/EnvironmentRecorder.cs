using System.Threading.Channels;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>
/// Writes down what one environment's snapshots tell. It is no viewer, so the sampler may slow down; it never holds the sampler
/// up: snapshots it does not keep pace with are skipped, and what the store does not take waits in a bounded backlog.
/// </summary>
internal sealed class EnvironmentRecorder : IAsyncDisposable
{
    /// <summary>Batches that wait while the store is away: about an hour of all kinds.</summary>
    private const int MostWaiting = 600;

    private static readonly TimeSpan LockInterval = TimeSpan.FromSeconds(5);

    private readonly EnvironmentWatch _watch;
    private readonly HistoryWriter _writer;
    private readonly HistoryStore _store;
    private readonly ILogger _logger;
    private readonly List<IHistorySource> _sources;
    private readonly SourceWatch _origin = new();
    private List<(IHistoryTap Tap, HistoryKind Kind, ShortBatches Short)> _taps;
    private readonly EventWatch _events = new();
    private readonly Backlog _backlog;
    private readonly Channel<EnvironmentSnapshot> _snapshots = Channel.CreateBounded<EnvironmentSnapshot>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;
    private DateTimeOffset _locksAt;
    private bool _away;

    /// <summary>Begins at once.</summary>
    public EnvironmentRecorder(EnvironmentWatch watch, IEnumerable<IHistorySource> sources, HistoryWriter writer, HistoryStore store, TimeProvider clock, ILogger logger)
    {
        (_watch, _writer, _store, _logger) = (watch, writer, store, logger);
        _sources = [.. sources];
        _taps = Open();
        _backlog = new Backlog(MostWaiting, clock);
        _watch.Published += OnPublished;
        _run = Task.Run(RunAsync);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _watch.Published -= OnPublished;
        _snapshots.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(3));
        await _run;
        _stop.Dispose();
    }

    private void OnPublished(EnvironmentSnapshot snapshot) => _snapshots.Writer.TryWrite(snapshot);

    private async Task RunAsync()
    {
        try
        {
            await foreach (var snapshot in _snapshots.Reader.ReadAllAsync(_stop.Token))
            {
                await TakeAsync(snapshot);
            }

            WriteRest(_taps);
            await FlushAsync();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The store did not take the last of it in time: that stays a gap.
        }
    }

    private async Task TakeAsync(EnvironmentSnapshot snapshot)
    {
        // Any other state: this instance does not sample, whoever does writes.
        if (snapshot.State is WatchState.Live or WatchState.Failing)
        {
            try
            {
                Look(snapshot);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LiveLog.RecordingFault(_logger, _watch.Environment.Name, exception);
            }
        }

        await FlushAsync();
    }

    private void Look(EnvironmentSnapshot snapshot)
    {
        var environment = snapshot.EnvironmentId;
        foreach (var happened in _events.Take(snapshot))
        {
            _backlog.Add(stop => _store.AddEventAsync(environment, happened, stop));
        }

        if (snapshot is { State: WatchState.Live, Locks: { BlockedCount: > 0 } tree, ReadAt: { } at } && at - _locksAt >= LockInterval)
        {
            _locksAt = at;
            _backlog.Add(stop => _store.KeepLocksAsync(environment, at, tree, Longest(tree), stop));
        }

        if (_origin.IsAnother(snapshot))
        {
            // Another server counts from now on: nothing is differenced across, and what was gathered of the one before is written as its own.
            WriteRest(_taps.FindAll(tap => tap.Kind != HostHistory.Kind));
            _taps = [.. Open().Where(tap => tap.Kind != HostHistory.Kind), .. _taps.Where(tap => tap.Kind == HostHistory.Kind)];
        }

        foreach (var (tap, kind, shortOnes) in _taps)
        {
            // A standby in the place of a lost primary counts for itself: that is a gap in everybody's history but its own.
            if (snapshot.Hosts is { StandsIn: true } && kind != HostHistory.Kind)
            {
                continue;
            }

            if (tap.Take(snapshot) is { } batch)
            {
                foreach (var ready in shortOnes.Take(batch))
                {
                    Write(kind, ready);
                }
            }
        }
    }

    private List<(IHistoryTap Tap, HistoryKind Kind, ShortBatches Short)> Open() => [.. _sources.Select(source => (source.Open(), source.Kind, new ShortBatches(source.Kind)))];

    private void WriteRest(IEnumerable<(IHistoryTap Tap, HistoryKind Kind, ShortBatches Short)> taps)
    {
        foreach (var (_, kind, shortOnes) in taps)
        {
            Write(kind, shortOnes.Rest());
        }
    }

    private void Write(HistoryKind kind, HistoryBatch? batch)
    {
        if (batch is not null)
        {
            _backlog.Add(stop => _writer.WriteAsync(kind, _watch.Environment.Id, batch, stop));
        }
    }

    private async Task FlushAsync()
    {
        var fault = await _backlog.WriteAsync(_stop.Token);
        if (fault is not null && !_away)
        {
            _away = true;
            LiveLog.HistoryWaits(_logger, _watch.Environment.Name, _store.Explain(fault));
        }
        else if (_away && _backlog.Count == 0)
        {
            _away = false;
            LiveLog.HistoryGoesOn(_logger, _watch.Environment.Name, _backlog.TakeDropped());
        }
    }

    private static TimeSpan? Longest(LockForest tree)
    {
        var since = Waiters(tree.Roots).Min(node => node.WaitsSince);
        return since is null ? null : tree.ServerTime > since ? tree.ServerTime - since : TimeSpan.Zero;
    }

    private static IEnumerable<LockNode> Waiters(IEnumerable<LockNode> nodes) => nodes.SelectMany(node => Waiters(node.Waiters).Append(node));
}
