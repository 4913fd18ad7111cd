using System.Collections.Frozen;
using System.Collections.Immutable;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Alerting;

/// <summary>All alerts of one environment that are raised or about to be. Immutable: a step whose changes could not be written is taken again from the same memory.</summary>
public sealed class AlertMemory
{
    private readonly ImmutableDictionary<AlertName, AlertTrack> _tracks;

    private AlertMemory(ImmutableDictionary<AlertName, AlertTrack> tracks) => _tracks = tracks;

    /// <summary>Nothing is wrong.</summary>
    public static AlertMemory Quiet { get; } = new(ImmutableDictionary<AlertName, AlertTrack>.Empty);

    /// <summary>After a restart: what the store holds as raised. It is not raised again.</summary>
    public static AlertMemory Of(IEnumerable<(AlertName Name, FindingLevel Level)> raised) =>
        new(raised.ToImmutableDictionary(one => one.Name, one => AlertTrack.At(one.Level)));

    /// <summary>Holds the readings of <paramref name="now"/> against the rules. What could not be read leaves its alerts as they are.</summary>
    /// <param name="rules">Rules in force; an alert of a rule that is not among them ends.</param>
    /// <param name="readings">What is known.</param>
    /// <param name="now">Our clock.</param>
    public AlertStep Step(IReadOnlyCollection<AlertRule> rules, AlertReadings readings, DateTimeOffset now)
    {
        var tracks = _tracks.ToBuilder();
        var changes = new List<AlertChange>();
        var inForce = rules.Select(rule => rule.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, track) in _tracks.Where(pair => !inForce.Contains(pair.Key.Rule)))
        {
            tracks.Remove(name);
            if (track.Raised is { } level)
            {
                changes.Add(new AlertChange(name, AlertChangeKind.Ended, level, null));
            }
        }

        foreach (var rule in rules)
        {
            if (readings.Known.TryGetValue(rule.Key, out var known))
            {
                Step(rule, known, readings.Unknown.GetValueOrDefault(rule.Key, FrozenSet<string>.Empty), now, tracks, changes);
            }
        }

        return new AlertStep(new AlertMemory(tracks.ToImmutable()), changes);
    }

    private void Step(AlertRule rule, ImmutableArray<AlertReading> readings, FrozenSet<string> unknown, DateTimeOffset now, ImmutableDictionary<AlertName, AlertTrack>.Builder tracks, List<AlertChange> changes)
    {
        var byObject = readings.GroupBy(reading => reading.Object, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Worst(rule, group), StringComparer.Ordinal);
        var objects = byObject.Keys.Concat(_tracks.Keys.Where(name => name.Rule == rule.Key && !unknown.Contains(name.Object)).Select(name => name.Object)).Distinct(StringComparer.Ordinal);
        foreach (var name in objects.Select(one => new AlertName(rule.Key, one)).ToList())
        {
            var (track, change) = Step(rule, name, _tracks.GetValueOrDefault(name, AlertTrack.Quiet), byObject.GetValueOrDefault(name.Object), now);
            if (track == AlertTrack.Quiet)
            {
                tracks.Remove(name);
            }
            else
            {
                tracks[name] = track;
            }

            if (change is not null)
            {
                changes.Add(change);
            }
        }
    }

    private static AlertReading Worst(AlertRule rule, IEnumerable<AlertReading> readings) =>
        rule.LowerIsWorse ? readings.MinBy(reading => reading.Value)! : readings.MaxBy(reading => reading.Value)!;

    private static (AlertTrack Track, AlertChange? Change) Step(AlertRule rule, AlertName name, AlertTrack track, AlertReading? reading, DateTimeOffset now)
    {
        var level = reading is null ? null : rule.LevelOf(reading.Value);
        track = track with
        {
            WarningSince = level is null ? null : track.WarningSince ?? now,
            CriticalSince = level == FindingLevel.Critical ? track.CriticalSince ?? now : null,
        };
        var held = Held(track.CriticalSince, rule.For, now) ? FindingLevel.Critical : Held(track.WarningSince, rule.For, now) ? Sustained(rule) : null;
        if (track.Raised is not { } raised)
        {
            return held is { } first
                ? (track with { Raised = first, EasedSince = null }, new AlertChange(name, AlertChangeKind.Raised, first, reading))
                : (track, null);
        }

        if (held > raised)
        {
            return (track with { Raised = held, EasedSince = null }, new AlertChange(name, AlertChangeKind.Worsened, held.Value, reading));
        }

        var eased = reading is null || rule.HasEased(reading.Value, raised);
        track = track with { EasedSince = eased ? track.EasedSince ?? now : null };
        if (!Held(track.EasedSince, rule.Calm, now))
        {
            return (track, null);
        }

        // A critical alert that eased is a warning still, while its value is one or not far enough behind.
        return raised == FindingLevel.Critical && rule.Warning is not null && reading is not null && !rule.HasEased(reading.Value, FindingLevel.Warning)
            ? (track with { Raised = FindingLevel.Warning, EasedSince = null }, new AlertChange(name, AlertChangeKind.Eased, FindingLevel.Warning, reading))
            : (AlertTrack.Quiet, new AlertChange(name, AlertChangeKind.Ended, raised, reading));
    }

    /// <summary>A value that was at least a warning for long enough: a warning, where the rule has one.</summary>
    private static FindingLevel? Sustained(AlertRule rule) => rule.Warning is null ? null : FindingLevel.Warning;

    private static bool Held(DateTimeOffset? since, TimeSpan length, DateTimeOffset now) => since is { } start && now - start >= length;
}
