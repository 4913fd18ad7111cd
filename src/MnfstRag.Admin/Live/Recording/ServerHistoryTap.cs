using MnfstRag.Admin.Data.History;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>
/// Difference of two rounds of the server's readers. Each view has its own reset: where one was reset, restarted or belongs to another
/// cluster, its figures of that time are missing, and nobody else's.
/// </summary>
internal sealed class ServerHistoryTap : IHistoryTap
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private Round? _before;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        if (snapshot.Slow.Of(CheckpointReader.Instance) is not { } checkpoints)
        {
            _before = null;
            return null;
        }

        if (ReferenceEquals(checkpoints.Value, _before?.Checkpoints))
        {
            return null;
        }

        var before = _before;
        var now = Round.Of(snapshot, checkpoints);
        _before = now;
        var covers = now.At - before?.At;
        return before is null || before.Cluster != now.Cluster || before.Started != now.Started || covers is not { } time || time <= TimeSpan.Zero || time > Longest
            ? null
            : new HistoryBatch(now.At, time, [new HistorySample(string.Empty, Values(before, now))]);
    }

    private static double?[] Values(Round before, Round now)
    {
        var (checkpoints, wal, archiver, io) = (
            Pair(before.Checkpoints, now.Checkpoints, reading => reading.ResetAt),
            Pair(before.Wal, now.Wal, reading => reading.ResetAt),
            Pair(before.Archiver, now.Archiver, reading => reading.ResetAt),
            Pair(before.Io, now.Io, reading => reading.ResetAt));
        return
        [
            Grown(checkpoints, reading => reading.Timed),
            Grown(checkpoints, reading => reading.Requested),
            Grown(checkpoints, reading => reading.CheckpointBuffers),
            Grown(checkpoints, reading => reading.CleanBuffers),
            Grown(checkpoints, reading => reading.BackendBuffers),
            Grown(wal, reading => reading.Bytes),
            Grown(wal, reading => reading.FullPages),
            Grown(wal, reading => reading.Records),
            Grown(wal, reading => reading.BuffersFull),
            now.Wal?.FileBytes,
            now.Replication?.Slots.Max(slot => slot.Retained),
            Grown(archiver, reading => reading.Archived),
            Grown(archiver, reading => reading.Failed),
            now.Archiver?.Waiting,
            Grown(io, reading => reading.DataReadBytes),
            Grown(io, reading => reading.DataWriteBytes),
            Grown(io, reading => reading.DataReadTime?.TotalMilliseconds),
            Grown(io, reading => reading.DataWriteTime?.TotalMilliseconds),
            before.Ages is { } then && now.Ages is { } ages && ages.NextTransaction >= then.NextTransaction ? ages.NextTransaction - then.NextTransaction : null,
        ];
    }

    /// <summary>Two readings that count on from each other; null when they do not.</summary>
    private static (T Before, T Now)? Pair<T>(T? before, T? now, Func<T, DateTimeOffset?> resetAt)
        where T : class =>
        before is not null && now is not null && !ReferenceEquals(before, now) && resetAt(before) == resetAt(now) ? (before, now) : null;

    /// <summary>What was added; null when that is not known, or a counter went backwards.</summary>
    private static double? Grown<T>((T Before, T Now)? pair, Func<T, double?> counter) =>
        pair is { } both && counter(both.Now) - counter(both.Before) is { } grown and >= 0 ? grown : null;

    private sealed record Round(
        DateTimeOffset At,
        string? Cluster,
        DateTimeOffset? Started,
        CheckpointReading Checkpoints,
        WalReading? Wal,
        ArchiverReading? Archiver,
        IoReading? Io,
        ReplicationReading? Replication,
        AgesReading? Ages)
    {
        public static Round Of(EnvironmentSnapshot snapshot, Held<CheckpointReading> checkpoints) => new(
            checkpoints.ReadAt,
            snapshot.Capabilities?.SystemIdentifier,
            snapshot.Capabilities?.PostmasterStart,
            checkpoints.Value,
            snapshot.Slow.Of(WalReader.Instance)?.Value,
            snapshot.Slow.Of(ArchiverReader.Instance)?.Value,
            snapshot.Slow.Of(IoReader.Instance)?.Value,
            snapshot.Slow.Of(ReplicationReader.Instance)?.Value,
            snapshot.Slow.Of(AgesReader.Instance)?.Value);
    }
}
