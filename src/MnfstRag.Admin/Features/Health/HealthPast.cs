using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>What earlier runs say of one check of a run.</summary>
/// <param name="WorkedAt">When it was ok last, before it ceased to be; null when it never was in what is kept.</param>
/// <param name="Since">The first run since when it has not been ok; null when it is ok in this run.</param>
/// <param name="Before">Its verdict in the run before; null when there is none.</param>
public sealed record HealthPast(DateTimeOffset? WorkedAt, DateTimeOffset? Since, Verdict? Before)
{
    /// <summary>The verdict is another than in the run before.</summary>
    public bool HasChanged(Verdict now) => Before is { } before && before != now;

    /// <summary>Holds a check of a run against the runs before it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="earlier">Runs before it, the newest first.</param>
    /// <param name="check">Name of the check.</param>
    public static HealthPast Of(HealthRun run, IReadOnlyList<HealthRun> earlier, string check)
    {
        var before = earlier.Select(one => (one.At, one.Of(check)?.Outcome.Verdict)).Where(one => one.Verdict is not null).ToList();
        var last = before.Count > 0 ? before[0].Verdict : null;
        if (run.Of(check)?.Outcome.Verdict is not (Verdict.Failing or Verdict.Warning))
        {
            return new HealthPast(null, null, last);
        }

        var bad = before.TakeWhile(one => one.Verdict is Verdict.Failing or Verdict.Warning).ToList();
        // A run in which the check was skipped says neither that it worked nor that it did not.
        var worked = before.Skip(bad.Count).FirstOrDefault(one => one.Verdict == Verdict.Ok);
        return new HealthPast(worked.Verdict is null ? null : worked.At, bad.Count > 0 ? bad[^1].At : run.At, last);
    }
}
