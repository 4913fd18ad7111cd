namespace MnfstRag.Postgres.Watching;

/// <summary>The last value that a slow reader brought, with its age.</summary>
/// <param name="Value">The same object until the reader is run again: whatever is made of it can be kept beside it.</param>
/// <param name="ReadAt">Our clock, when it was read.</param>
public sealed record Held<T>(T Value, DateTimeOffset ReadAt)
    where T : class
{
    /// <summary>The replica that brought it; null where it is the watched server's own.</summary>
    public HeldFrom? From { get; init; }
}
