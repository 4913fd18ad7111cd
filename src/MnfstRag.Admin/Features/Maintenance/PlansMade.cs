using System.Collections.Concurrent;

namespace MnfstRag.Admin.Features.Maintenance;

/// <summary>Plans that were shown a moment ago. They stay here, so that no browser can say what is to be run. Singleton, bounded.</summary>
public sealed class PlansMade(TimeProvider clock)
{
    private const int Most = 1000;

    /// <summary>A plan of yesterday says nothing of today.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Guid, (PlannedMaintenance Plan, DateTimeOffset At)> _plans = new();

    /// <summary>Remembers it.</summary>
    public void Keep(PlannedMaintenance plan)
    {
        var now = clock.GetUtcNow();
        _plans[plan.Id] = (plan, now);
        foreach (var (id, old) in _plans.OrderBy(one => one.Value.At).Where((one, at) => one.Value.At < now - Kept || _plans.Count - at > Most).ToList())
        {
            if (old.At < now - Kept || _plans.Count > Most)
            {
                _plans.TryRemove(id, out _);
            }
        }
    }

    /// <summary>The plan of that id; null when it is too old, or was made in another process.</summary>
    public PlannedMaintenance? Find(Guid id) => _plans.TryGetValue(id, out var kept) && kept.At >= clock.GetUtcNow() - Kept ? kept.Plan : null;
}
