namespace MnfstRag.Postgres.Advising;

/// <summary>When the rules about pools speak.</summary>
public sealed record PoolsThresholds
{
    /// <summary>As they come.</summary>
    public static PoolsThresholds Default { get; } = new();

    /// <summary>Clients wait at the pooler this long without a break.</summary>
    public TimeSpan Waiting { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The same, and it hurts: SQLAlchemy's pool_timeout ends a request's wait at 30 s, so five minutes are many lost requests.</summary>
    public TimeSpan WaitingCritical { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Overflow is in use this long without a break: the pool is too small for what is normal.</summary>
    public TimeSpan Overflow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The backend gives no usable answer this long, having given one before.</summary>
    public TimeSpan Silent { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests wait for the dashboard's own pool this long without a break.</summary>
    public TimeSpan OwnPending { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Sessions stuck in a transaction before they are called a hog; fewer are an accident's chance.</summary>
    public int FewestStuck { get; init; } = 3;

    /// <summary>Share of the application's sessions that are stuck.</summary>
    public double StuckShare { get; init; } = 0.5;

    /// <summary>A rise is told when it has lasted so long: a pool that was just started fills up, and that is no trend.</summary>
    public TimeSpan ForecastRise { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A rise is told when its limit is this near.</summary>
    public TimeSpan Forecast { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The same, and there is no time to lose.</summary>
    public TimeSpan ForecastCritical { get; init; } = TimeSpan.FromMinutes(10);
}
