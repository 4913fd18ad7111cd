using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Signalling;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>
/// Cancels statements and ends sessions, over the environment's maintain credential. An audit row goes before and one after,
/// joined by one correlation id; without the first nothing is sent. Scoped.
/// </summary>
public sealed class SignalService(
    IAccess access,
    IEnvironmentStore environments,
    SessionNames names,
    ShownHost shown,
    IAuditLog audit,
    SignalsUnderway underway,
    TimeProvider clock,
    ILogger<SignalService> logger)
{
    /// <summary>
    /// Sends the signal, unless the same caller's same order is under way or was carried out within seconds: then its report is
    /// the answer. Every fault is a report. Once the first audit row stands it goes on, whatever happens to the caller.
    /// </summary>
    /// <param name="environment">Name of the environment.</param>
    /// <param name="kind">Cancel or terminate.</param>
    /// <param name="session">The session that is meant.</param>
    /// <param name="queryStart">For a cancel: the start of the statement that is meant, so that none that follows is hit.</param>
    /// <param name="cancellationToken">Ends the call before anything was written.</param>
    /// <exception cref="PermissionDeniedException">The caller may not signal; the refusal is in the audit log.</exception>
    public async Task<SignalReport> SendAsync(
        string environment,
        SignalKind kind,
        SessionKey session,
        DateTimeOffset? queryStart = null,
        CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.SignalBackends, cancellationToken);
        var known = (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);
        if (known is null)
        {
            return new SignalReport(SignalOutcome.NotSent, null, $"There is no environment called {environment}; nothing was sent.");
        }

        var order = new SignalOrder(caller.UserId, known.Id, kind, session, kind == SignalKind.Cancel ? queryStart : null);
        return await underway.JoinAsync(order, () => RunAsync(caller, known, order)).WaitAsync(cancellationToken);
    }

    private async Task<SignalReport> RunAsync(Caller caller, WatchedEnvironment environment, SignalOrder order)
    {
        var credential = await environments.CredentialAsync(environment.Id, CredentialKind.Maintain);
        if (credential is null || DatabaseUrl.Parse(credential).Url is not { } url)
        {
            return MissingCredential.Report(environment.Name, set: credential is not null);
        }

        if (shown.Signalling(environment.Name, url) is var target && target.Url is not { } reached)
        {
            return new SignalReport(SignalOutcome.NotSent, null, $"Nothing was sent. {target.Refusal}");
        }

        var (name, details) = await names.DescribeAsync(environment.Name, order.Session);
        var entry = new AuditEvent(
            order.Kind == SignalKind.Cancel ? "backend.cancel" : "backend.terminate",
            AuditPhase.Intent,
            caller,
            environment.Name,
            name,
            Details: details);
        Guid correlation;
        try
        {
            correlation = await audit.WriteAsync(entry);
        }
        catch (Exception exception)
        {
            ConnectionsLog.IntentNotWritten(logger, entry.Action, environment.Name, order.Session.Pid, exception);
            return new SignalReport(SignalOutcome.NotSent, null, "Nothing was sent: the audit log cannot be written, and nothing is done that it does not show. An administrator finds the cause in the dashboard's log.");
        }

        var result = await new BackendSignal(reached, clock).SendAsync(order.Kind, new SignalTarget(order.Session.Pid, order.Session.BackendStart, order.QueryStart), CancellationToken.None);
        var report = new SignalReport(result.Outcome, result.Gone, result.Words, result.Grant, correlation);
        ConnectionsLog.Signalled(logger, entry.Action, environment.Name, order.Session.Pid, caller.Name, report.AuditOutcome);
        try
        {
            await audit.WriteAsync(entry with { Phase = AuditPhase.Outcome, Outcome = report.AuditOutcome, Correlation = correlation, Details = null });
            return report;
        }
        catch (Exception exception)
        {
            ConnectionsLog.OutcomeNotWritten(logger, entry.Action, environment.Name, correlation, report.AuditOutcome, exception);
            return report with { Words = report.Words + " The audit log could not take the outcome: it shows the intent as unproven, and the dashboard's log has the outcome." };
        }
    }
}
