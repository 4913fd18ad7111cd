namespace MnfstRag.Postgres.Pooling;

/// <summary>One of the sources of pool truth: its last good answer, and what is wrong now.</summary>
/// <param name="Value">The last good answer; null before the first.</param>
/// <param name="ReadAt">Our clock, when it came.</param>
/// <param name="Fault">Why the last attempt brought nothing, in words; null when it did.</param>
/// <param name="Missing">What to set so that it can be asked at all; null where it is set.</param>
public sealed record PoolPart<T>(T? Value, DateTimeOffset? ReadAt, string? Fault, string? Missing)
    where T : class
{
    /// <summary>The last attempt succeeded.</summary>
    public bool IsFresh => Value is not null && Fault is null;

    /// <summary>After another attempt: a failed one leaves the older value beside the reason.</summary>
    public PoolPart<T> With(Answer<T> answer, DateTimeOffset at) => answer.Value is { } value
        ? new(value, at, null, null)
        : this with { Fault = answer.Fault, Missing = null };
}
