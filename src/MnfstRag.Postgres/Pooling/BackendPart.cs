namespace MnfstRag.Postgres.Pooling;

/// <summary>One instance of the backend as it was asked over time.</summary>
/// <param name="Place">Host and port.</param>
/// <param name="Pool">What it says.</param>
/// <param name="UnhealthySince">Since when it says that it is not healthy; null while it does not.</param>
/// <param name="SilentSince">Since when it gives no usable answer; null while it does.</param>
/// <param name="OverflowSince">Since when connections beyond its size are in use; null while none are.</param>
public sealed record BackendPart(string Place, PoolPart<BackendPool> Pool, DateTimeOffset? UnhealthySince, DateTimeOffset? SilentSince, DateTimeOffset? OverflowSince)
{
    /// <summary>Not yet asked.</summary>
    public static BackendPart Unasked(string place) => new(place, PoolParts.Unasked<BackendPool>(), null, null, null);

    /// <summary>After another attempt. A silence leaves open whether it is healthy.</summary>
    public BackendPart With(Answer<BackendPool> answer, DateTimeOffset at) => answer.Value is { } pool
        ? new(Place, Pool.With(answer, at), pool.Healthy ? null : UnhealthySince ?? at, null, pool.Overflow > 0 ? OverflowSince ?? at : null)
        : this with { Pool = Pool.With(answer, at), SilentSince = SilentSince ?? at, UnhealthySince = null, OverflowSince = null };
}
