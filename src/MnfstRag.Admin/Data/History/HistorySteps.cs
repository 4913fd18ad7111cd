using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Data.History;

/// <summary>
/// Lays samples on even steps. Where a step was observed and a subject has no sample, nothing changed: a sum is 0, a size is what
/// it was, a level is not known. Where nothing was observed there is a gap.
/// </summary>
internal sealed class HistorySteps(HistoryKind kind, TimeRange range, TimeSpan step, IReadOnlyDictionary<DateTimeOffset, TimeSpan> covered)
{
    /// <summary>All steps of one subject, oldest first.</summary>
    /// <param name="sample">Its rolled-up values in the step that begins then; null when it has none.</param>
    /// <param name="before">What was known right before the range; null when nothing was.</param>
    public List<HistoryPoint> Of(Func<DateTimeOffset, double?[]?> sample, double?[]? before)
    {
        var last = before ?? new double?[kind.Columns.Count];
        List<HistoryPoint> points = [];
        // The store counts its steps from 1970 (date_bin): of seven minutes or five hours no whole number fits into the time before that.
        var first = range.From.ToUniversalTime().AddTicks(-((range.From - DateTimeOffset.UnixEpoch).Ticks % step.Ticks));
        for (var at = first; at < range.To; at += step)
        {
            var time = covered.GetValueOrDefault(at);
            var values = new double?[kind.Columns.Count];
            if (time > TimeSpan.Zero)
            {
                var found = sample(at);
                for (var column = 0; column < values.Length; column++)
                {
                    values[column] = found?[column] ?? kind.Columns[column].RollUp switch
                    {
                        RollUp.Sum when found is null => 0,
                        RollUp.Last => last[column],
                        _ => null,
                    };
                }

                last = [.. values.Select((value, column) => value ?? last[column])];
            }

            points.Add(new HistoryPoint(at, time, values));
        }

        return points;
    }
}
