namespace MnfstRag.Admin.Features.Tenants;

/// <summary>Messages of the tenant area. Event ids 4700–4709; never a name, a title or a text of a tenant.</summary>
internal static partial class TenantsLog
{
    [LoggerMessage(4700, LogLevel.Information, "Status {Status} set in {Environment}, tenant {Tenant}, by {Caller}: {Outcome}")]
    public static partial void StatusSet(ILogger logger, string status, string environment, Guid tenant, string caller, string outcome);

    [LoggerMessage(4701, LogLevel.Error, "Change of status {Run} stopped by a fault")]
    public static partial void RunFailed(ILogger logger, Guid run, Exception exception);

    [LoggerMessage(4702, LogLevel.Warning, "Changes of status wait for the own store: {Words}")]
    public static partial void StoreAway(ILogger logger, string words);

    [LoggerMessage(4703, LogLevel.Warning, "A download of tenant {Tenant} in {Environment} ended early")]
    public static partial void DownloadEnded(ILogger logger, Guid tenant, string environment, Exception exception);

    [LoggerMessage(4704, LogLevel.Information, "Change of status {Run} is taken up again after a restart: {Done} of {Total} were gone through")]
    public static partial void Resumed(ILogger logger, Guid run, int done, int total);

    [LoggerMessage(4705, LogLevel.Information, "Another process has change of status {Run} by now")]
    public static partial void TakenOver(ILogger logger, Guid run);

    [LoggerMessage(4706, LogLevel.Warning, "Whether a step of {Count} documents of change of status {Run} was committed the server does not know any more; they are left as they are")]
    public static partial void StepForgotten(ILogger logger, Guid run, int count);
}
