using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>One batch for each look at the pools, however many snapshots carry it. A pause of more than a minute is a gap, not a long sample.</summary>
internal sealed class PoolHistoryTap : IHistoryTap
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _last;

    public HistoryBatch? Take(EnvironmentSnapshot snapshot)
    {
        if (snapshot.Pools is not { Reading: { Points: [.., var point] } reading } truth)
        {
            return null;
        }

        var covers = reading.At - _last;
        _last = reading.At;
        return covers is { } time && time > TimeSpan.Zero && time <= Longest
            ? new HistoryBatch(reading.At, time, [new HistorySample(string.Empty, PoolHistory.Values(truth, point))])
            : null;
    }
}
