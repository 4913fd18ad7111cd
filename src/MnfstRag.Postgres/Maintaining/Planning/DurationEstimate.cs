using MnfstRag.Postgres.Advising;

namespace MnfstRag.Postgres.Maintaining;

/// <summary>Estimates a duration from like runs of the past on the same server: time for each byte, those of the very object before all others.</summary>
internal static class DurationEstimate
{
    /// <summary>Sizes below this tell nothing of the time for a byte: connecting and waiting outweigh them.</summary>
    private const long LeastBytes = 64 * 1024;

    public static PlanDuration Of(string kind, long bytes, IReadOnlyList<PastRun> history)
    {
        var like = history.Where(run => run.Kind == kind).ToList();
        var same = like.Where(run => run.SameObject).ToList();
        var used = same.Count > 0 ? same : like;
        if (used.Count == 0)
        {
            return new(null, null, 0, "Unknown: nothing like it has run on this server yet.");
        }

        var scaled = used.Select(run => run.Duration * ((double)Math.Max(bytes, LeastBytes) / Math.Max(run.Bytes, LeastBytes))).Order().ToList();
        var median = scaled[scaled.Count / 2];
        var slowest = scaled[^1];
        var basis = same.Count > 0 ? $"{Plain.Count(used.Count, "earlier run")} on the same object" : $"{Plain.Count(used.Count, "like run")} on this server, by size";
        return new(median, slowest, used.Count, scaled.Count == 1
            ? $"About {Plain.Duration(median)}, from {basis}."
            : $"About {Plain.Duration(median)}, at most {Plain.Duration(slowest)}, from {basis}.");
    }
}
