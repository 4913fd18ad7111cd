namespace MnfstRag.Postgres.Checking;

/// <summary>What one run of the health checks found.</summary>
/// <param name="Server">"host:port/database", without user and password.</param>
/// <param name="StartedAt">When the run began, this machine's clock.</param>
/// <param name="Took">How long the whole run took.</param>
/// <param name="Results">One entry a check that was asked for, in the catalogue's order.</param>
public sealed record CheckReport(string Server, DateTimeOffset StartedAt, TimeSpan Took, IReadOnlyList<CheckResult> Results)
{
    /// <summary>Failing when any check fails, else a warning when any warns, else ok: a skipped check is neither.</summary>
    public Verdict Verdict =>
        Count(Verdict.Failing) > 0 ? Verdict.Failing
        : Count(Verdict.Warning) > 0 ? Verdict.Warning
        : Verdict.Ok;

    /// <summary>How many checks came to <paramref name="verdict"/>.</summary>
    public int Count(Verdict verdict) => Results.Count(result => result.Outcome.Verdict == verdict);
}
