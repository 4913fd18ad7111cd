using MnfstRag.Postgres.Checking;

namespace MnfstRag.Admin.Features.Health;

/// <summary>A run as it leaves the house: redacted, with what earlier runs say of it.</summary>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Server">"host:port/database".</param>
/// <param name="At">When it began.</param>
/// <param name="Took">How long it took.</param>
/// <param name="By">Who ran it.</param>
/// <param name="Verdict">The worst of its verdicts.</param>
/// <param name="Lines">Every check, the worst first.</param>
/// <param name="Compared">When the run before was; null when there is none.</param>
/// <param name="HostsAreShort">Names of hosts were cut.</param>
internal sealed record HealthReport(
    string Environment, string Server, DateTimeOffset At, TimeSpan Took, string By, Verdict Verdict, IReadOnlyList<HealthReportLine> Lines, DateTimeOffset? Compared, bool HostsAreShort)
{
    /// <summary>"2 failing, 1 warning, 18 ok, 3 skipped".</summary>
    public string Sum => string.Join(", ", new[] { Verdict.Failing, Verdict.Warning, Verdict.Ok, Verdict.Skipped }
        .Select(verdict => (Verdict: verdict, Count: Lines.Count(line => line.Verdict == verdict)))
        .Where(one => one.Count > 0)
        .Select(one => VerdictWords.Counted(one.Count, one.Verdict)));

    /// <summary>What came to a verdict, the worst first.</summary>
    public IEnumerable<HealthReportLine> Judged => Lines.Where(line => line.Verdict != Verdict.Skipped);

    /// <summary>What did not, by reason: one fault upstream skips many.</summary>
    public IEnumerable<(string Reason, IReadOnlyList<HealthReportLine> Lines)> Skipped =>
        Lines.Where(line => line.Verdict == Verdict.Skipped).GroupBy(line => line.Evidence, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<HealthReportLine>)[.. group]));

    /// <summary>Makes it of a run and of those before it, the newest first.</summary>
    public static HealthReport Of(HealthRun run, IReadOnlyList<HealthRun> earlier, bool shortHosts)
    {
        var redaction = new Redaction(run.Server, shortHosts);
        return new HealthReport(
            run.Environment,
            redaction.Of(run.Server),
            run.At,
            run.Took,
            run.By,
            run.Verdict,
            [
                .. run.Checks.Select(check => new HealthReportLine(
                    check.Name,
                    check.Title,
                    check.Outcome.Verdict,
                    redaction.Of(check.Outcome.Evidence),
                    redaction.Of(check.Outcome.Remedy),
                    VerdictWords.Past(HealthPast.Of(run, earlier, check.Name), check.Outcome.Verdict),
                    check.Took))
                .OrderByDescending(line => VerdictWords.Weight(line.Verdict)),
            ],
            earlier.Count > 0 ? earlier[0].At : null,
            shortHosts);
    }
}
