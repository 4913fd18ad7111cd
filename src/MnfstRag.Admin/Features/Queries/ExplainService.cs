using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Explaining;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Queries;

/// <summary>Asks a watched server for the plan of a recorded statement, behind two audit rows. Scoped.</summary>
public sealed class ExplainService(IAccess access, IEnvironmentStore environments, ShownHost shown, IAuditLog audit, TimeProvider clock, ILogger<ExplainService> logger)
{
    private const string Action = "statement.explain";

    /// <summary>The plan, or why there is none. Without the first audit row nothing is asked.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not; the refusal is in the audit log.</exception>
    public async Task<ExplainResult> ExplainAsync(string environment, string subject, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ExplainStatements, cancellationToken);
        if (StatementKey.Parse(subject) is not { } key)
        {
            return new ExplainResult(null, "The link names no statement.");
        }

        var known = (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);
        var credential = known is null ? null : await environments.CredentialAsync(known.Id, CredentialKind.Watch, cancellationToken);
        if (known is null || DatabaseUrl.Parse(credential).Url is not { } url)
        {
            return new ExplainResult(null, $"{environment} has no watch credential that can be used.");
        }

        var intent = new AuditEvent(Action, AuditPhase.Intent, caller, known.Name, $"statement {subject}");
        Guid correlation;
        try
        {
            correlation = await audit.WriteAsync(intent, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            QueriesLog.IntentNotWritten(logger, known.Name, subject, exception);
            return new ExplainResult(null, "Nothing was asked: the audit log cannot be written, and nothing is done that it does not show.");
        }

        var result = await new StatementExplainer(shown.Watching(known.Name, url), clock).ExplainAsync(key, cancellationToken);
        try
        {
            await audit.WriteAsync(intent with { Phase = AuditPhase.Outcome, Outcome = result.Plan is null ? "no plan" : "planned", Correlation = correlation }, CancellationToken.None);
        }
        catch (Exception exception)
        {
            QueriesLog.OutcomeNotWritten(logger, known.Name, subject, correlation, exception);
        }

        return result;
    }
}
