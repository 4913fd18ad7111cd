using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Findings;
using MnfstRag.Postgres.Advising;

namespace MnfstRag.Admin.Live;

/// <summary>
/// Every environment of the store with its feed. The sampling service keeps it in step with the store;
/// <see cref="WatchService"/> is the only door for anybody else.
/// </summary>
public sealed class EnvironmentWatches(IOptions<SamplerOptions> options, MachineMemories? memories = null, IOptions<FindingOptions>? findings = null)
{
    private volatile ImmutableSortedDictionary<string, EnvironmentWatch>? _byName;

    /// <summary>The store has been read at least once.</summary>
    public bool Loaded => _byName is not null;

    /// <summary>All, by name; empty before the store has been read.</summary>
    public IEnumerable<EnvironmentWatch> All => _byName?.Values ?? [];

    /// <summary>Environments came, went, were renamed, or one's state changed. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>The one of that name, or null.</summary>
    public EnvironmentWatch? Find(string name) => _byName?.GetValueOrDefault(name);

    /// <summary>Takes over what the store holds now: feeds of environments that stay live on, those of removed ones end.</summary>
    public void Update(IReadOnlyList<WatchedEnvironment> environments)
    {
        var before = All.ToDictionary(watch => watch.Environment.Id);
        var changed = !Loaded || before.Count != environments.Count;
        var builder = ImmutableSortedDictionary.CreateBuilder<string, EnvironmentWatch>(StringComparer.Ordinal);
        foreach (var environment in environments)
        {
            if (before.Remove(environment.Id, out var known))
            {
                changed |= known.Environment.Name != environment.Name;
                known.Environment = environment;
            }
            else
            {
                known = new EnvironmentWatch(environment, options.Value.HistorySpan) { Memory = memories?.Of(environment.Name), Thresholds = findings?.Value.Thresholds ?? AdviceThresholds.Default };
                known.StateChanged += () => Changed?.Invoke();
                changed = true;
            }

            builder[environment.Name] = known;
        }

        _byName = builder.ToImmutable();
        foreach (var removed in before.Values)
        {
            removed.Feed.Complete();
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }
}
