using MnfstRag.Postgres.Pooling;

namespace MnfstRag.Admin.Live.Pooling;

/// <summary>Where an environment's pool truth comes from, besides the server. The same object until something changes.</summary>
/// <param name="Plan">What the application may open; null when nobody has said.</param>
/// <param name="Backends">Base addresses of the backend's instances; empty when none is named.</param>
/// <param name="PgBouncer">The pooler's admin console; null without one.</param>
public sealed record PoolSources(PoolPlan? Plan, IReadOnlyList<Uri> Backends, PgBouncerAddress? PgBouncer);
