using System.Collections.Immutable;

namespace MnfstRag.Postgres.Watching;

/// <summary>Input and output of the server by who asked for it (<c>pg_stat_io</c>, 16–18).</summary>
/// <param name="ServerTime">The server's clock when it was read.</param>
/// <param name="ResetAt">Since when it is counted; null is unknown.</param>
/// <param name="IsTimed">track_io_timing is on: times are measured. Off, they are not known, however much the view says 0.</param>
/// <param name="Uses">What did anything at all.</param>
public sealed record IoReading(DateTimeOffset ServerTime, DateTimeOffset? ResetAt, bool IsTimed, ImmutableArray<IoUse> Uses)
{
    /// <summary>Bytes of tables and indexes read from the operating system.</summary>
    public long DataReadBytes => Data.Sum(use => use.ReadBytes ?? 0);

    /// <summary>Bytes of tables and indexes written.</summary>
    public long DataWriteBytes => Data.Sum(use => use.WriteBytes ?? 0);

    /// <summary>Time spent reading them; null when not measured.</summary>
    public TimeSpan? DataReadTime => IsTimed ? Sum(use => use.ReadTime) : null;

    /// <summary>Time spent writing them; null when not measured.</summary>
    public TimeSpan? DataWriteTime => IsTimed ? Sum(use => use.WriteTime) : null;

    // The log has rows of its own from 18 on; to compare versions it is left out here and told by WalReading.
    private IEnumerable<IoUse> Data => Uses.Where(use => use.Object != "wal");

    private TimeSpan Sum(Func<IoUse, TimeSpan?> time) => Data.Aggregate(TimeSpan.Zero, (sum, use) => sum + (time(use) ?? TimeSpan.Zero));
}
