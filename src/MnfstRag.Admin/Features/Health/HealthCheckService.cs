using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Postgres.Checking;
using MnfstRag.Postgres.Connecting;

namespace MnfstRag.Admin.Features.Health;

/// <summary>Runs the health checks of an environment, keeps the runs and makes reports of them. Scoped; the only door to all three.</summary>
public sealed class HealthCheckService
{
    /// <summary>Runs that the page lists.</summary>
    public const int Listed = 50;

    private readonly IAccess _access;
    private readonly IEnvironmentStore _environments;
    private readonly HealthRuns _runs;
    private readonly HealthGate _gate;
    private readonly HealthParts _parts;

    internal HealthCheckService(IAccess access, IEnvironmentStore environments, HealthRuns runs, HealthGate gate, HealthParts parts) =>
        (_access, _environments, _runs, _gate, _parts) = (access, environments, runs, gate, parts);

    /// <summary>
    /// Runs every check and tells of each as it ends; the last progress has the run as it was kept. The server is only read, over at most two
    /// connections with the watch credential, for at most 20 s. Enumerating no further ends the run.
    /// </summary>
    /// <exception cref="PermissionDeniedException">On enumeration: the caller may not run health checks.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer, so the credential cannot be had.</exception>
    public async IAsyncEnumerable<HealthProgress> RunAsync(string environment, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.CheckHealth, cancellationToken);
        var (known, url, fault) = await FindAsync(environment, cancellationToken);
        if (known is null || url is null)
        {
            yield return new HealthProgress([], Fault: fault);
            yield break;
        }

        using var pass = _gate.TryEnter(known.Id, caller.Name, out var other);
        if (pass is null)
        {
            yield return new HealthProgress([], Fault: $"{other} is checking {known.Name} right now. The result will be in the list below within half a minute.");
            yield break;
        }

        var checks = HealthChecks.With(_parts.Knowledge(known));
        var results = new Dictionary<string, CheckResult>(StringComparer.Ordinal);
        yield return Progress(checks, results);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = Channel.CreateUnbounded<CheckResult>();
        var running = RunToEndAsync(checks, url, ended.Writer, ending.Token);
        try
        {
            await foreach (var result in ended.Reader.ReadAllAsync(cancellationToken))
            {
                results[result.Name] = result;
                yield return Progress(checks, results);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var report = await running;
        var run = new HealthRun(Guid.CreateVersion7(report.StartedAt), known.Name, report.Server, report.StartedAt, report.Took, caller.Name, report.Results);
        yield return Progress(checks, results) with { Fault = await KeepAsync(known, run, caller, cancellationToken), Finished = run };
    }

    /// <summary>The newest runs, the newest first; empty when there is no such environment, or none was run.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not run health checks.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<IReadOnlyList<HealthRun>> PastAsync(string environment, CancellationToken cancellationToken = default)
    {
        await _access.RequireAsync(Permissions.CheckHealth, cancellationToken);
        return await NamedAsync(environment, cancellationToken) is { } known ? await _runs.NewestAsync(known, Listed, cancellationToken) : [];
    }

    /// <summary>A run as a file to hand on; null when it is not kept any more. Without its audit row nothing is handed out.</summary>
    /// <param name="run">Its id.</param>
    /// <param name="form">Which form.</param>
    /// <param name="shortHosts">Names of hosts are cut to their first part, addresses to their first number.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="PermissionDeniedException">The caller may not make reports.</exception>
    /// <exception cref="StoreUnavailableException">The own store does not answer.</exception>
    public async Task<HealthReportFile?> ReportAsync(Guid run, HealthReportForm form, bool shortHosts, CancellationToken cancellationToken = default)
    {
        var caller = await _access.RequireAsync(Permissions.CheckHealth, cancellationToken);
        if (await _runs.EnvironmentOfAsync(run, cancellationToken) is not { } id || (await _environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == id) is not { } known)
        {
            return null;
        }

        var all = await _runs.NewestAsync(known, HealthRuns.Kept, cancellationToken);
        var place = all.ToList().FindIndex(one => one.Id == run);
        if (place < 0)
        {
            return null;
        }

        await _parts.Audit.WriteAsync(
            new AuditEvent("health.report", AuditPhase.Event, caller, known.Name, FormattableString.Invariant($"run of {all[place].At:yyyy-MM-dd HH:mm:ss} UTC as {form}{(shortHosts ? ", hosts shortened" : "")}"), "done"),
            cancellationToken);
        return HealthReportFile.Of(HealthReport.Of(all[place], [.. all.Skip(place + 1)], shortHosts), form);
    }

    private async Task<CheckReport> RunToEndAsync(IReadOnlyList<ICheck> checks, DatabaseUrl url, ChannelWriter<CheckResult> ended, CancellationToken cancellationToken)
    {
        try
        {
            return await new CheckRunner(checks, new CheckLimits(), _parts.Clock).RunAsync(url, only: null, new Ended(ended), cancellationToken);
        }
        finally
        {
            ended.TryComplete();
        }
    }

    private async Task<string?> KeepAsync(WatchedEnvironment environment, HealthRun run, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            await _runs.AddAsync(
                environment,
                run,
                new AuditEvent("health.check", AuditPhase.Event, caller, environment.Name, FormattableString.Invariant($"{run.Count(Verdict.Failing)} failing, {run.Count(Verdict.Warning)} warning, {run.Count(Verdict.Ok)} ok, {run.Count(Verdict.Skipped)} skipped"), run.Verdict.ToString().ToLowerInvariant()),
                cancellationToken);
            return null;
        }
        catch (StoreUnavailableException fault)
        {
            return $"The run is shown below, but could not be kept: {fault.Message}";
        }
    }

    private async Task<(WatchedEnvironment? Environment, DatabaseUrl? Url, string? Fault)> FindAsync(string environment, CancellationToken cancellationToken)
    {
        if (await NamedAsync(environment, cancellationToken) is not { } known)
        {
            return (null, null, $"There is no environment called {environment} any more.");
        }

        var credential = await _environments.CredentialAsync(known.Id, CredentialKind.Watch, cancellationToken);
        return credential is null
            ? (known, null, $"{known.Name} has no watch credential. Set Environments:{known.Name}:Watch to the DATABASE_URL of a role that is a member of pg_monitor.")
            : DatabaseUrl.Parse(credential).Succeeded(out var url, out var wrong) && url.IsMonitorable
                ? (known, url, null)
                : (known, null, $"The watch credential of {known.Name} cannot be used. {wrong?.Words ?? "It names no PostgreSQL server."}");
    }

    private async Task<WatchedEnvironment?> NamedAsync(string environment, CancellationToken cancellationToken) =>
        (await _environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);

    private static HealthProgress Progress(IReadOnlyList<ICheck> checks, Dictionary<string, CheckResult> results) =>
        new([.. checks.Select(check => (check.Title, results.GetValueOrDefault(check.Name)))]);

    /// <summary>Hands on at once, in order, without a synchronization context in between.</summary>
    private sealed class Ended(ChannelWriter<CheckResult> writer) : IProgress<CheckResult>
    {
        public void Report(CheckResult value) => writer.TryWrite(value);
    }
}
