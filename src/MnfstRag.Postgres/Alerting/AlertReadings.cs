using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MnfstRag.Postgres.Alerting;

/// <summary>
/// Readings of one environment at one moment, by rule. A rule that is not in here could not be read: its alerts stay as they are.
/// A rule with no reading of an object is good for that object.
/// </summary>
/// <param name="Known">Readings by the rule's key.</param>
public sealed record AlertReadings(ImmutableDictionary<string, ImmutableArray<AlertReading>> Known)
{
    /// <summary>Objects of a rule of which nothing is known now: their alerts stay as they are, whatever is known of others.</summary>
    public ImmutableDictionary<string, FrozenSet<string>> Unknown { get; init; } = ImmutableDictionary.Create<string, FrozenSet<string>>(StringComparer.Ordinal);

    /// <summary>Nothing is known.</summary>
    public static AlertReadings None { get; } = new(ImmutableDictionary.Create<string, ImmutableArray<AlertReading>>(StringComparer.Ordinal));

    /// <summary>With what a rule is held against.</summary>
    public AlertReadings With(string rule, params IEnumerable<AlertReading> readings) => this with { Known = Known.SetItem(rule, [.. readings]) };

    /// <summary>With objects of a rule that could not be read.</summary>
    public AlertReadings WithUnknown(string rule, IEnumerable<string> objects) => this with { Unknown = Unknown.SetItem(rule, objects.ToFrozenSet(StringComparer.Ordinal)) };
}
