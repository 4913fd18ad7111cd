using MnfstRag.Admin.Data.History;

namespace MnfstRag.Admin.Live.Recording;

/// <summary>Gathers batches that cover seconds into one of about a minute, so that history has a row a minute and not one a reading.</summary>
internal sealed class ShortBatches(HistoryKind kind)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(50);

    private readonly Dictionary<string, (HistorySample Sample, TimeSpan Covers)> _samples = new(StringComparer.Ordinal);
    private TimeSpan _covers;
    private DateTimeOffset _at;

    /// <summary>What there is to write after <paramref name="batch"/>: it, what was gathered before, or nothing yet.</summary>
    public IEnumerable<HistoryBatch> Take(HistoryBatch batch)
    {
        // A gap in between must stay one: what lies before it is written with its own time.
        var follows = _covers > TimeSpan.Zero && batch.At - batch.Covers - _at < TimeSpan.FromSeconds(5);
        if (_covers > TimeSpan.Zero && (!follows || batch.Covers >= Short) && Rest() is { } rest)
        {
            yield return rest;
        }

        if (batch.Covers >= Short)
        {
            yield return batch;
            yield break;
        }

        foreach (var sample in batch.Samples)
        {
            _samples[sample.Subject] = _samples.TryGetValue(sample.Subject, out var known)
                ? (Together(known.Sample, known.Covers, sample, batch.Covers), known.Covers + batch.Covers)
                : (sample, batch.Covers);
        }

        _covers += batch.Covers;
        _at = batch.At;
        if (_covers >= Enough && Rest() is { } whole)
        {
            yield return whole;
        }
    }

    /// <summary>What was gathered and not handed over; null when nothing was.</summary>
    public HistoryBatch? Rest()
    {
        if (_covers == TimeSpan.Zero)
        {
            return null;
        }

        var batch = new HistoryBatch(_at, _covers, [.. _samples.Values.Select(one => one.Sample)]);
        _samples.Clear();
        _covers = TimeSpan.Zero;
        return batch;
    }

    private HistorySample Together(HistorySample one, TimeSpan covers, HistorySample next, TimeSpan more) => new(
        one.Subject,
        [.. kind.Columns.Select((column, index) => Together(column.RollUp, one.Values[index], covers, next.Values[index], more))],
        next.Details ?? one.Details);

    private static double? Together(RollUp rollUp, double? one, TimeSpan covers, double? next, TimeSpan more) => (one, next) switch
    {
        (null, _) => next,
        (_, null) => one,
        _ => rollUp switch
        {
            RollUp.Sum => one + next,
            RollUp.Max => Math.Max(one.Value, next.Value),
            RollUp.Mean => ((one * covers.TotalSeconds) + (next * more.TotalSeconds)) / (covers + more).TotalSeconds,
            _ => next,
        },
    };
}
