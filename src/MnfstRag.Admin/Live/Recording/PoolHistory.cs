using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>What is kept of pools: one subject, the environment itself. Null stands where a source was not asked or did not answer.</summary>
public static class PoolHistory
{
    /// <summary>Connections of the application by state, the least limit on them, backend, pooler and the own store. Counts; max_wait in seconds.</summary>
    public static readonly HistoryKind Kind = new("pools",
    [
        new("active", RollUp.Mean),
        new("waiting_on_lock", RollUp.Mean),
        new("idle_in_transaction", RollUp.Mean),
        new("aborted", RollUp.Mean),
        new("idle", RollUp.Mean),
        new("other", RollUp.Mean),
        new("peak", RollUp.Max),
        new("allowed", RollUp.Last),
        new("binding", RollUp.Last),
        new("backend_out", RollUp.Mean),
        new("backend_overflow", RollUp.Max),
        new("pooler_clients", RollUp.Mean),
        new("pooler_waiting", RollUp.Max),
        new("pooler_servers_active", RollUp.Mean),
        new("pooler_servers_idle", RollUp.Mean),
        new("pooler_max_wait", RollUp.Max),
        new("own_used", RollUp.Max),
        new("own_pending", RollUp.Max),
    ]);

    /// <summary>The values of a reading's newest point, in the order of <see cref="Kind"/>.</summary>
    public static IReadOnlyList<double?> Values(PoolTruth truth, PoolPoint point)
    {
        var (use, pooler) = (point.Use, point.PgBouncer);
        return
        [
            use?.Active, use?.WaitingOnLock, use?.IdleInTransaction, use?.Aborted, use?.Idle, use?.Other, use?.Open,
            truth.Reading?.Plan?.Most, truth.Binding?.Value,
            point.CheckedOut, point.Overflow,
            pooler?.Pools.Sum(pool => pool.Clients), pooler?.Waiting, pooler?.Pools.Sum(pool => pool.ServersActive), pooler?.Pools.Sum(pool => pool.ServersIdle), pooler?.MaxWait.TotalSeconds,
            point.Own?.Used, point.Own?.Pending,
        ];
    }
}
