using System.Diagnostics.Metrics;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>
/// Reads the pool of the own store from Npgsql's meter. Some instruments report levels when asked, others changes as they happen: both
/// end as one figure. Instruments that this version of Npgsql does not publish are told as missing, never as 0.
/// </summary>
internal sealed class StorePoolMeter : IDisposable
{
    /// <summary>The meter.</summary>
    public const string Meter = "Npgsql";

    internal const string Count = "db.client.connection.count", Most = "db.client.connection.max", Pending = "db.client.connection.npgsql.pending_requests", Timeouts = "db.client.connection.npgsql.timeouts";
    private const string PoolTag = "db.client.connection.pool.name", StateTag = "db.client.connection.state";
    private static readonly string[] Wanted = [Count, Most, Pending, Timeouts];

    private readonly string _pool;
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _figures = new(StringComparer.Ordinal);
    private readonly List<string> _observed = [];
    private readonly HashSet<string> _published = new(StringComparer.Ordinal);

    /// <summary>Listens from now on: make it before the store is used.</summary>
    /// <param name="pool">The pool, as its data source is named.</param>
    public StorePoolMeter(string pool = StoreConnections.Pool)
    {
        _pool = pool;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter && Wanted.Contains(instrument.Name, StringComparer.Ordinal))
            {
                lock (_lock)
                {
                    _published.Add(instrument.Name);
                }

                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The pool now.</summary>
    public Answer<OwnPool> Read()
    {
        lock (_lock)
        {
            // A store with several hosts has a pool for each: what all of them tell this time is one sum.
            _observed.ForEach(figure => _figures.Remove(figure));
            _observed.Clear();
        }

        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            if (!_published.Contains(Count) || !_published.Contains(Most))
            {
                return new(null, $"Npgsql publishes no {(_published.Contains(Count) ? Most : Count)} in this version: the dashboard's own pool cannot be counted.");
            }

            return _figures.ContainsKey(Most)
                ? new(new OwnPool((int)Figure(Count + "used"), (int)Figure(Count + "idle"), (int)Figure(Most), (int)Math.Max(0, Figure(Pending)), (long)Figure(Timeouts)), null)
                : new(null, "The dashboard has not used its own store yet.");
        }
    }

    public void Dispose() => _listener.Dispose();

    private double Figure(string name) => _figures.GetValueOrDefault(name);

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (pool, state) = (false, string.Empty);
        foreach (var tag in tags)
        {
            pool |= tag is { Key: PoolTag, Value: string name } && name == _pool;
            state = tag is { Key: StateTag, Value: string text } ? text : state;
        }

        if (!pool)
        {
            return;
        }

        lock (_lock)
        {
            var figure = instrument.Name + state;
            _figures[figure] = instrument.Name == Most ? Math.Max(value, Figure(figure)) : Figure(figure) + value;
            if (instrument.IsObservable)
            {
                _observed.Add(figure);
            }
        }
    }
}
