using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Sampling;
using MnfstRag.Postgres.Alerting;
using Npgsql;

namespace MnfstRag.Admin.Live.Alerting;

/// <summary>
/// Holds the newest snapshots against the rules, on the leading instance alone. What changed is written before it is remembered, so that a
/// store that was away, or a restart, neither loses an alert nor raises it twice.
/// </summary>
internal sealed class AlertEngine(
    EnvironmentWatches watches,
    ILeadership leadership,
    StoreState state,
    AlertStore store,
    AlertTelling telling,
    IEnumerable<IAlertSource> sources,
    IOptions<AlertOptions> options,
    TimeProvider clock,
    ILogger<AlertEngine> logger) : StoreLoop(state, clock)
{
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    private readonly Dictionary<Guid, AlertMemory> _memories = [];
    private DateTimeOffset? _forgot;

    /// <inheritdoc />
    protected override TimeSpan Pause => options.Value.Interval;

    /// <summary>One look at every environment, then at what people are to be told.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!leadership.Standing.Leads)
        {
            // Another instance may raise and end alerts meanwhile: what is remembered here is worth nothing any more.
            _memories.Clear();
            return;
        }

        var now = Clock.GetUtcNow();
        var rules = await store.RulesAsync(cancellationToken);
        foreach (var snapshot in watches.All.Select(watch => watch.Feed.Latest).OfType<EnvironmentSnapshot>().Where(one => one.State is WatchState.Live or WatchState.Failing).ToList())
        {
            await LookAsync(snapshot, rules.GetValueOrDefault(snapshot.EnvironmentId, AlertRules.Defaults), now, cancellationToken);
        }

        await telling.TellAsync(now, cancellationToken);
        if (_forgot is not { } at || now - at >= Forget)
        {
            _forgot = now;
            await store.ForgetAsync(now - TimeSpan.FromDays(options.Value.KeepDays), cancellationToken);
        }
    }

    /// <inheritdoc />
    protected override Task TurnAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <inheritdoc />
    protected override void Away(Exception fault) => AlertLog.StoreAway(logger, fault);

    private async Task LookAsync(EnvironmentSnapshot snapshot, IReadOnlyList<AlertRule> rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_memories.TryGetValue(snapshot.EnvironmentId, out var memory))
        {
            memory = AlertMemory.Of(await store.RaisedAsync(snapshot.EnvironmentId, cancellationToken));
        }

        var readings = sources.Aggregate(ServerAlerts.Of(Judgement.View(snapshot)), (known, source) => source.Add(known, snapshot, now));
        var step = memory.Step(rules, readings, now);
        if (step.Changes.Count > 0)
        {
            try
            {
                await store.WriteAsync(snapshot.EnvironmentId, step.Changes, now, cancellationToken);
            }
            catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // The lead changed hands this moment and the other instance was first: read what it wrote at the next look.
                _memories.Remove(snapshot.EnvironmentId);
                return;
            }

            foreach (var change in step.Changes)
            {
                AlertLog.Changed(logger, snapshot.Environment, change.Name.Rule, change.Name.Object, change.Kind, change.Level);
            }
        }

        _memories[snapshot.EnvironmentId] = step.Memory;
    }
}
