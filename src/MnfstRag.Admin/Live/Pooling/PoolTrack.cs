using System.Collections.Immutable;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Makes one reading after another of an environment: keeps what was true before, since when it has been, and the last quarter of an hour.</summary>
internal sealed class PoolTrack
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    private ImmutableList<PoolPoint> _points = [];
    private PoolReading? _last;

    /// <summary>The next reading.</summary>
    public PoolReading Next(
        DateTimeOffset at, string environment, PoolSources sources, IReadOnlyList<(string Place, Answer<BackendPool> Answer)> backends, Answer<PgBouncerReading>? pgBouncer, Answer<OwnPool> own, ApplicationUse? use)
    {
        var before = _last;
        var places = backends.Select(one => (before?.Backends.FirstOrDefault(part => part.Place == one.Place) ?? BackendPart.Unasked(one.Place)).With(one.Answer, at)).ToList();
        var pooler = pgBouncer is null
            ? PoolParts.Unset<PgBouncerReading>($"Set Environments:{environment}:PgBouncer to the address of its admin console (postgresql://stats_user:password@host:6432/pgbouncer), and list host:port in Outgoing:Allowed. Without a pooler there is nothing to set.")
            : (before?.PgBouncer ?? PoolParts.Unasked<PgBouncerReading>()).With(pgBouncer, at);
        var store = (before?.Own ?? PoolParts.Unasked<OwnPool>()).With(own, at);
        _points = _points.RemoveAll(point => point.At < at - Span).Add(new PoolPoint(
            at,
            use,
            Sum(places, pool => pool.CheckedOut),
            Sum(places, pool => pool.Overflow),
            pgBouncer?.Value,
            own.Value));
        return _last = new PoolReading(
            at,
            sources.Plan,
            sources.Plan is null ? $"Set Environments:{environment}:Pool:Size and :Overflow to the backend's DB_POOL_SIZE and DB_MAX_OVERFLOW, and :Workers and :Instances to how many run." : null,
            places,
            places.Count == 0 ? $"Set Environments:{environment}:Backend to the base address of the backend (http://host:port, several apart by comma), and list host:port in Outgoing:Allowed." : null,
            pooler,
            store)
        {
            // A pooler that does not answer says nothing new: who waited then may wait still.
            WaitingSince = pooler.Value?.Waiting > 0 ? before?.WaitingSince ?? at : null,
            OwnPendingSince = store.Value?.Pending > 0 ? before?.OwnPendingSince ?? at : null,
            Points = _points,
        };
    }

    /// <summary>Sum over the instances that answered; null when none did.</summary>
    private static int? Sum(List<BackendPart> places, Func<BackendPool, int?> figure)
    {
        var answered = places.Where(part => part.Pool.IsFresh).Select(part => figure(part.Pool.Value!)).OfType<int>().ToList();
        return answered.Count == 0 ? null : answered.Sum();
    }
}
