using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>One run of the checks, as it was kept.</summary>
/// <param name="Id">Its id, in links.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Server">"host:port/database".</param>
/// <param name="At">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="By">Who ran it.</param>
/// <param name="Checks">Every check, in the catalogue's order.</param>
public sealed record HealthRun(Guid Id, string Environment, string Server, DateTimeOffset At, TimeSpan Took, string By, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Failing when any check fails, else a warning when any warns, else ok.</summary>
    public Verdict Verdict => new CheckReport(Server, At, Took, Checks).Verdict;

    /// <summary>How many checks came to <paramref name="verdict"/>.</summary>
    public int Count(Verdict verdict) => Checks.Count(check => check.Outcome.Verdict == verdict);

    /// <summary>The check of that name; null when the run did not have it.</summary>
    public CheckResult? Of(string name) => Checks.FirstOrDefault(check => check.Name == name);
}
