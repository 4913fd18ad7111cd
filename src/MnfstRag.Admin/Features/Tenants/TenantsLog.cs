namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Messages of the tenant area. Event ids 4700–4619; never a name, a title or a text of a tenant.</summary>
internal static partial class TenantsLog
{
    [LoggerMessage(4700, LogLevel.Information, "Status {Status} set in {Environment}, tenant {Tenant}, by {Caller}: {Outcome}")]
    public static partial void StatusSet(ILogger logger, string status, string environment, Guid tenant, string caller, string outcome);

    [LoggerMessage(4701, LogLevel.Error, "Change of status {Run} stopped by a fault")]
    public static partial void RunFailed(ILogger logger, Guid run, Exception exception);

    [LoggerMessage(4702, LogLevel.Error, "The audit row about the end of {Run} could not be written: {Outcome}")]
    public static partial void OutcomeNotWritten(ILogger logger, Guid run, string outcome, Exception exception);

    [LoggerMessage(4703, LogLevel.Warning, "A download of tenant {Tenant} in {Environment} ended early")]
    public static partial void DownloadEnded(ILogger logger, Guid tenant, string environment, Exception exception);
}
