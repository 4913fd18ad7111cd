namespace MnfstRag.Admin.Data.History;

/// <summary>A moment of which a lock tree was kept, because somebody was blocked.</summary>
/// <param name="At">Our clock.</param>
/// <param name="Blocked">Sessions that waited.</param>
/// <param name="LongestWait">How long the first of them had waited; null when not known.</param>
public sealed record LockMoment(DateTimeOffset At, int Blocked, TimeSpan? LongestWait);
