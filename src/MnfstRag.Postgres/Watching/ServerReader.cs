using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Postgres.Watching;

/// <summary>
/// Reads one watched server over one lasting connection: any readers, one round trip. It connects when it must, learns
/// <see cref="Capabilities"/> by itself, isolates a failing reader, and always answers within
/// <see cref="ServerReaderOptions.Budget"/>, with a heavy reader <see cref="ServerReaderOptions.HeavyTimeout"/> longer, and twice that at
/// most where one reader's error ended the session and it and the others are read over a new one: a connection that hangs is abandoned and cleaned up behind the caller's back.
/// One reading at a time; faults are results, never exceptions, but for cancellation by the caller.
/// </summary>
public sealed class ServerReader(DatabaseUrl url, ServerReaderOptions options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Abandoned connections that may linger at once: each holds a socket until Npgsql gives it up.</summary>
    private const int MostRetiring = 2;

    private readonly Lock _retiringLock = new();
    private readonly HashSet<Task> _retiring = [];
    private readonly ReaderRests _rests = new(options, time);
    private ServerLink? _link;
    private PoolerMode? _mode;
    private Capabilities? _capabilities;

    /// <summary>What the server was at the last success; null before the first.</summary>
    public Capabilities? Capabilities => _capabilities;

    /// <summary>Runs <paramref name="readers"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the connection is given up.</exception>
    public async Task<ServerReading> ReadAsync(IReadOnlyCollection<IReader> readers, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var collector = new ReadingCollector();
        if (Unusable() is { } unusable)
        {
            return collector.Close(_capabilities, unusable, TimeSpan.Zero);
        }

        var (fault, others) = await TryAsync(readers, collector, cancellationToken);
        while (others && time.GetElapsedTime(began) < options.Budget)
        {
            (fault, others) = await TryAsync([.. readers.Where(reader => collector.Value(reader) is null)], collector, cancellationToken);
        }

        return collector.Close(_capabilities, fault, time.GetElapsedTime(began));
    }

    /// <summary>What went wrong, and whether it was one reader's error, after which the others may be tried over a new connection.</summary>
    private async Task<(ConnectionFault? Fault, bool Others)> TryAsync(IReadOnlyCollection<IReader> readers, ReadingCollector collector, CancellationToken cancellationToken)
    {
        var link = _link ??= new ServerLink(url, options, _rests, time, _mode);
        var work = link.ReadAsync(readers, collector);
        try
        {
            await WaitAsync(work, readers.Any(reader => reader.IsHeavy), collector, cancellationToken);
            _mode = link.Mode;
            _capabilities = link.Capabilities;
            return (null, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GiveUp(link, work);
            throw;
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            GiveUp(link, work);
            return (new ConnectionFaultWords(url).NoAnswer(options.Budget), false);
        }
        catch (Exception exception)
        {
            GiveUp(link, work);
            return (ConnectionFault.From(exception, url), exception is ReaderEndedSessionException);
        }
    }

    /// <summary>Closes the connection; waits for abandoned ones at most one budget.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_link is { } link)
        {
            GiveUp(link, Task.CompletedTask);
        }

        Task[] rest;
        lock (_retiringLock)
        {
            rest = [.. _retiring];
        }

        await Task.WhenAny(Task.WhenAll(rest), Task.Delay(options.Budget, time));
    }

    /// <summary>A heavy reader has more time, once the others have been read: a server that answers nothing at all is not waited for longer.</summary>
    private async Task WaitAsync(Task work, bool heavy, ReadingCollector collector, CancellationToken cancellationToken)
    {
        try
        {
            await work.WaitAsync(options.Budget, time, cancellationToken);
        }
        catch (TimeoutException) when (heavy && collector.IsHeavy && !work.IsCompleted)
        {
            await work.WaitAsync(options.HeavyTimeout, time, cancellationToken);
        }
    }

    private ConnectionFault? Unusable()
    {
        if (!url.IsMonitorable)
        {
            return new ConnectionFault(ConnectionFaultKind.Address, "The address is sqlite's: there is no PostgreSQL server behind it to watch. Set DATABASE_URL to a postgresql:// address.");
        }

        lock (_retiringLock)
        {
            return _retiring.Count < MostRetiring ? null : new ConnectionFaultWords(url).NoAnswer(options.Budget);
        }
    }

    private void GiveUp(ServerLink link, Task work)
    {
        _link = null;
        var retirement = RetireAsync(link, work);
        lock (_retiringLock)
        {
            _retiring.Add(retirement);
        }

        _ = retirement.ContinueWith(
            done =>
            {
                // A connection that cannot even be closed is no news: the fault that it was given up for has been told.
                _ = done.Exception;
                lock (_retiringLock)
                {
                    _retiring.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private static async Task RetireAsync(ServerLink link, Task work)
    {
        await link.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.DisposeAsync();
    }
}
