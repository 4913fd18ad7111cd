using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>How far a run is.</summary>
/// <param name="Checks">Every check in the catalogue's order; null in the place of one that has not ended.</param>
/// <param name="Finished">The run as it was kept; null while it goes on, or when it could not be kept.</param>
/// <param name="Fault">Why it did not begin, or was not kept, in words; null when all is well.</param>
public sealed record HealthProgress(IReadOnlyList<(string Title, CheckResult? Result)> Checks, HealthRun? Finished = null, string? Fault = null)
{
    /// <summary>Checks that have ended.</summary>
    public int Done => Checks.Count(check => check.Result is not null);
}
