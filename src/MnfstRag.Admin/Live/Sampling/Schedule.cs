using MnfstRag.Postgres.Pooling;
using MnfstRag.Postgres.Watching;
using MnfstRag.Postgres.Watching.Hosts;

namespace MnfstRag.Admin.Live.Sampling;

/// <summary>
/// Which readers are due at a tick: the quick ones always, the slow ones at their interval, of the heavy ones the longest overdue
/// alone. The first tick has no heavy one, so that a page has something to show at once.
/// </summary>
/// <param name="options">Intervals.</param>
/// <param name="clock">Our clock.</param>
/// <param name="several">The server is one of several hosts: what it is among them is asked at every tick.</param>
internal sealed class Schedule(SamplerOptions options, TimeProvider clock, bool several = false)
{
    private static readonly IReadOnlyList<IReader> EveryTick = [ActivityReader.Instance, LockReader.Instance, DatabaseCountersReader.Instance];
    private static readonly IReadOnlyList<IReader> EveryTickOfSeveral = [.. EveryTick, HostStateReader.Instance];
    private static readonly TimeSpan RetryAfterFault = TimeSpan.FromMinutes(1);

    /// <summary>Counters that others scrape: as often as that is usually done.</summary>
    private static readonly TimeSpan Scraped = TimeSpan.FromSeconds(15);

    /// <summary>Every slow reader. A new one adds its line.</summary>
    private static readonly IReadOnlyList<SlowReader> Slow =
    [
        new(ServerLimitsReader.Instance, (options, _) => options.SlowInterval),
        new(StatementsReader.Instance, (options, watched) => watched ? options.StatementsInterval : options.StatementsIdleInterval),
        new(DatabasesReader.Instance, (_, _) => Scraped),
        new(LockCountsReader.Instance, (_, _) => Scraped),
        new(ConnectionLimitsReader.Instance, (options, _) => options.SlowInterval),
        new(SettingsReader.Instance, (options, _) => options.SlowInterval),
        new(CheckpointReader.Instance, (options, _) => options.SlowInterval),
        new(WalReader.Instance, (options, _) => options.SlowInterval),
        new(IoReader.Instance, (options, _) => options.SlowInterval),
        new(ArchiverReader.Instance, (options, _) => options.SlowInterval),
        new(ReplicationReader.Instance, (options, watched) => watched ? options.SlowInterval / 4 : options.SlowInterval),
        new(HostStateReader.Instance, (options, watched) => watched ? options.SlowInterval / 4 : options.SlowInterval),
        new(AgesReader.Instance, (options, _) => options.SlowInterval),
        new(HorizonReader.Instance, (options, _) => options.SlowInterval),
        new(SequenceReader.Instance, (options, watched) => watched ? options.ShapeInterval * 5 : options.ShapeInterval * 30),
        new(DatabaseSizesReader.Instance, (options, _) => options.ShapeInterval * 5),
        new(BloatReader.Instance, (options, watched) => watched ? options.ShapeInterval * 10 : options.ShapeInterval * 60),
        new(IndexReader.Instance, (options, watched) => watched ? options.ShapeInterval : options.ShapeInterval * 5),
        new(ForeignKeyReader.Instance, (options, watched) => watched ? options.ShapeInterval : options.ShapeInterval * 5),
        new(TableReader.Instance, (options, watched) => watched ? options.ShapeInterval : options.ShapeInterval * 5),
    ];

    /// <summary>
    /// Readers whose answer is the same on every node that has replayed as much: they look at catalogues alone. All others count, and each
    /// node counts for itself.
    /// </summary>
    public static IReadOnlyList<IReader> SameEverywhere { get; } = [BloatReader.Instance, ForeignKeyReader.Instance];

    private readonly Dictionary<SlowReader, (long At, bool Failed)> _ran = [];
    private bool _begun;

    /// <summary>Those whose value is held until their next run.</summary>
    public static IEnumerable<IReader> Held => Slow.Select(slow => slow.Reader);

    /// <summary>The readers of the tick that is now.</summary>
    /// <param name="watched">Somebody looks: what is older than they may wait for is due, even if it was read at a slower pace.</param>
    public IReadOnlyList<IReader> Due(bool watched)
    {
        var due = Slow.Where(slow => !(several && slow.Reader == HostStateReader.Instance)).Where(slow => !_ran.TryGetValue(slow, out var last) || clock.GetElapsedTime(last.At) >= Wait(slow, last.Failed, watched)).ToList();
        var heavy = _begun ? due.Where(slow => slow.Reader.IsHeavy).MinBy(slow => _ran.TryGetValue(slow, out var last) ? last.At : long.MinValue) : null;
        return [.. several ? EveryTickOfSeveral : EveryTick, .. due.Where(slow => !slow.Reader.IsHeavy || slow == heavy).Select(slow => slow.Reader)];
    }

    /// <summary>Takes note of what a tick with <paramref name="readers"/> brought.</summary>
    public void Ran(IReadOnlyList<IReader> readers, ServerReading reading)
    {
        if (reading.Fault is not null)
        {
            // The server may come back as another one: what is cheap to know is asked again at once.
            foreach (var slow in Slow.Where(slow => !slow.Reader.IsHeavy))
            {
                _ran.Remove(slow);
            }

            return;
        }

        _begun = true;
        foreach (var slow in Slow.Where(slow => readers.Contains(slow.Reader)))
        {
            _ran[slow] = (clock.GetTimestamp(), reading.ReaderFaults.ContainsKey(slow.Reader.Name));
        }
    }

    /// <summary>Takes note that <paramref name="readers"/> are run elsewhere.</summary>
    public void Handed(IReadOnlyList<IReader> readers, bool failed = false)
    {
        foreach (var slow in Slow.Where(slow => readers.Contains(slow.Reader)))
        {
            _ran[slow] = (clock.GetTimestamp(), failed);
        }
    }

    private TimeSpan Wait(SlowReader slow, bool failed, bool watched) =>
        slow.Interval(options, watched) is var wait && failed && wait > RetryAfterFault ? RetryAfterFault : wait;
}
