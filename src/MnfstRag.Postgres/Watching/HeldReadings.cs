using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>What the readers that run less often than every tick brought last. Immutable; every tick's snapshot carries it.</summary>
public sealed class HeldReadings
{
    private readonly ImmutableDictionary<string, (object Value, DateTimeOffset At, HeldFrom? From)> _values;
    private readonly ImmutableDictionary<string, string> _faults;

    private HeldReadings(ImmutableDictionary<string, (object Value, DateTimeOffset At, HeldFrom? From)> values, ImmutableDictionary<string, string> faults) =>
        (_values, _faults) = (values, faults);

    /// <summary>Nothing has been read.</summary>
    public static HeldReadings None { get; } = new(
        ImmutableDictionary<string, (object Value, DateTimeOffset At, HeldFrom? From)>.Empty,
        ImmutableDictionary<string, string>.Empty);

    /// <summary>What <paramref name="reader"/> brought last; null before its first success. It may be old: see <see cref="Fault"/>.</summary>
    public Held<T>? Of<T>(IReader<T> reader)
        where T : class =>
        _values.TryGetValue(reader.Name, out var held) ? new Held<T>((T)held.Value, held.At) { From = held.From } : null;

    /// <summary>Why the last run of <paramref name="reader"/> brought nothing, in words; null when it did, or has not run.</summary>
    public string? Fault(IReader reader) => _faults.GetValueOrDefault(reader.Name);

    /// <summary>With what <paramref name="readers"/> brought in <paramref name="reading"/>; where one failed, its older value stays beside the reason.</summary>
    public HeldReadings With(ServerReading reading, IEnumerable<IReader> readers, DateTimeOffset at, HeldFrom? from = null)
    {
        var (values, faults) = (_values, _faults);
        foreach (var reader in readers)
        {
            if (reading.Values.TryGetValue(reader.Name, out var value))
            {
                (values, faults) = (values.SetItem(reader.Name, (value, at, from)), faults.Remove(reader.Name));
            }
            else if (reading.ReaderFaults.TryGetValue(reader.Name, out var words))
            {
                faults = faults.SetItem(reader.Name, words);
            }
        }

        return values == _values && faults == _faults ? this : new HeldReadings(values, faults);
    }
}
