namespace MnfstRag.Postgres.Pooling;

/// <summary>Everything that the sources of pool truth said last, besides what the server itself says. Immutable; shared by all viewers.</summary>
/// <param name="At">Our clock, when the sources were asked last.</param>
/// <param name="Plan">What the application may open; null when nobody has said.</param>
/// <param name="PlanMissing">What to set so that it is known; null when it is.</param>
/// <param name="Backends">Instances of the backend.</param>
/// <param name="BackendMissing">What to set so that they can be asked; null when they can.</param>
/// <param name="PgBouncer">The pooler in front of the server.</param>
/// <param name="Own">The dashboard's own pool.</param>
public sealed record PoolReading(
    DateTimeOffset At,
    PoolPlan? Plan,
    string? PlanMissing,
    IReadOnlyList<BackendPart> Backends,
    string? BackendMissing,
    PoolPart<PgBouncerReading> PgBouncer,
    PoolPart<OwnPool> Own)
{
    /// <summary>Since when clients have waited at the pooler without a break; null while none wait.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Since when requests have waited for the dashboard's own pool without a break; null while none wait.</summary>
    public DateTimeOffset? OwnPendingSince { get; init; }

    /// <summary>The last quarter of an hour, oldest first.</summary>
    public IReadOnlyList<PoolPoint> Points { get; init; } = [];
}
