using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Components.Charts;

/// <summary>What the browser must know of a chart besides its points. Two that say the same are equal.</summary>
internal sealed record ChartSettings(bool Paused, TimeSpan Window, TimeRange? Range, TimeSpan? Step, IReadOnlyList<ChartLimit> Limits, IReadOnlyList<ChartMark> Marks)
{
    public bool Equals(ChartSettings? other) =>
        other is not null && Paused == other.Paused && Window == other.Window && Range == other.Range && Step == other.Step
        && Limits.SequenceEqual(other.Limits) && Marks.SequenceEqual(other.Marks);

    public override int GetHashCode() => HashCode.Combine(Paused, Window, Range, Step, Limits.Count, Marks.Count);

    /// <summary>As chart.js reads it; times are Unix milliseconds.</summary>
    public object ToJs() => new
    {
        paused = Paused,
        windowMs = (Range?.Length ?? Window).TotalMilliseconds,
        from = Range?.From.ToUnixTimeMilliseconds(),
        stepMs = Step?.TotalMilliseconds ?? 0,
        limits = Limits.Select(limit => new { label = limit.Label, value = limit.Value, level = limit.Level.ToString() }).ToArray(),
        marks = Marks.Select(mark => new { at = mark.At.ToUnixTimeMilliseconds(), label = mark.Label, words = mark.Words }).ToArray(),
    };
}
