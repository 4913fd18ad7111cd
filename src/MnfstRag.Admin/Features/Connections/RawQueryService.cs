using MnfstRag.Admin.Access;
using MnfstRag.Admin.Access.Audit;
using MnfstRag.Admin.Data;
using MnfstRag.Admin.Live.Hosts;
using MnfstRag.Postgres.Connecting;
using MnfstRag.Postgres.Watching;

namespace MnfstRag.Admin.Features.Connections;

/// <summary>One session's query text with its literals: asked for by a person, behind an audit row, kept nowhere. Scoped.</summary>
public sealed class RawQueryService(
    IAccess access,
    IEnvironmentStore environments,
    SessionNames names,
    ShownHost shown,
    IAuditLog audit,
    TimeProvider clock,
    ILogger<RawQueryService> logger)
{
    /// <summary>The text as the server has it now, or the reason why there is none.</summary>
    /// <exception cref="PermissionDeniedException">The caller may not read it; the refusal is in the audit log.</exception>
    public async Task<Reading<string>> ReadAsync(string environment, SessionKey session, CancellationToken cancellationToken = default)
    {
        var caller = await access.RequireAsync(Permissions.ReadRawQueries, cancellationToken);
        var known = (await environments.ListAsync(cancellationToken)).FirstOrDefault(one => one.Name == environment);
        var credential = known is null ? null : await environments.CredentialAsync(known.Id, CredentialKind.Watch, cancellationToken);
        if (known is null || DatabaseUrl.Parse(credential).Url is not { } url)
        {
            return new Reading<string>(null, $"{environment} has no watch credential that can be used.");
        }

        var (name, details) = await names.DescribeAsync(known.Name, session, cancellationToken);
        try
        {
            await audit.WriteAsync(new AuditEvent("query.read-raw", AuditPhase.Event, caller, known.Name, name, Details: details), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ConnectionsLog.IntentNotWritten(logger, "query.read-raw", known.Name, session.Pid, exception);
            return new Reading<string>(null, "The text is not shown: the audit log cannot be written, and nothing is read that it does not show.");
        }

        return await new RawQuery(shown.Watching(known.Name, url), clock).ReadAsync(session.Pid, session.BackendStart, cancellationToken);
    }
}
