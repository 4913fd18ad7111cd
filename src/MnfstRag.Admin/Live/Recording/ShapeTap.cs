using System.Collections.Immutable;
using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>
/// Difference of two readings of many objects. Only those that changed are kept, and all of them once a day and at the start, so that a size
/// that never changes is known too. Across a restart, a reset or another cluster nothing is compared.
/// </summary>
/// <param name="kind">What is filled.</param>
/// <param name="reader">Whose readings.</param>
/// <param name="objects">The objects of a reading.</param>
/// <param name="identity">Name that history has, and the oid that tells another object of the same name.</param>
/// <param name="comparable">Whether the counters of two readings go on from each other.</param>
/// <param name="values">What there is to keep; null when a counter went backwards.</param>
internal sealed class ShapeTap<TReading, TObject>(
    HistoryKind kind,
    IReader<TReading> reader,
    Func<TReading, ImmutableArray<TObject>> objects,
    Func<TObject, (string Name, uint Oid)> identity,
    Func<TReading, TReading, bool> comparable,
    Func<TObject, TObject, double?[]?> values) : IHistoryTap
    where TReading : class
    where TObject : class
{
    private static readonly TimeSpan All = TimeSpan.FromHours(24);

    private readonly Dictionary<string, double?[]> _written = new(StringComparer.Ordinal);
    private Held<TReading>? _before;
    private string? _cluster;
    private DateTimeOffset _allAt;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        if (snapshot.Slow.Of(reader) is not { } held)
        {
            _before = null;
            return null;
        }

        if (ReferenceEquals(held.Value, _before?.Value))
        {
            return null;
        }

        var before = _cluster == snapshot.Capabilities?.SystemIdentifier ? _before : null;
        (_before, _cluster) = (held, snapshot.Capabilities?.SystemIdentifier);
        if (before is null || !comparable(held.Value, before.Value))
        {
            return null;
        }

        var known = objects(before.Value).ToDictionary(one => identity(one));
        var all = held.ReadAt - _allAt >= All;
        _allAt = all ? held.ReadAt : _allAt;
        List<HistorySample> samples = [];
        foreach (var one in objects(held.Value))
        {
            var name = identity(one);
            if (known.TryGetValue(name, out var then) && values(one, then) is { } now && (all || Changed(name.Name, now)))
            {
                samples.Add(new HistorySample(name.Name, now));
                _written[name.Name] = now;
            }
        }

        return new HistoryBatch(held.ReadAt, held.ReadAt - before.ReadAt, samples);
    }

    /// <summary>Something was counted, or a size is not what was written last.</summary>
    private bool Changed(string name, double?[] now)
    {
        var last = _written.GetValueOrDefault(name);
        return last is null || kind.Columns.Index().Any(column => column.Item.RollUp == RollUp.Sum ? now[column.Index] > 0 : now[column.Index] != last[column.Index]);
    }
}
