using MnfstRag.Admin.Data.Maintenance;

namespace MnfstRag.Admin.Live.Maintaining;

/// <summary>Messages of maintenance runs. Event ids 4500–4549.</summary>
internal static partial class MaintenanceLog
{
    [LoggerMessage(4500, LogLevel.Information, "Maintenance run {Run} begins on {Environment}: {Title}")]
    public static partial void Begins(ILogger logger, Guid run, string environment, string title);

    [LoggerMessage(4501, LogLevel.Information, "Maintenance run {Run} ended as {State}: {Words}")]
    public static partial void Ended(ILogger logger, Guid run, MaintenanceRunState state, string? words);

    [LoggerMessage(4502, LogLevel.Warning, "Maintenance run {Run}: its process is gone; what happened is being found out")]
    public static partial void Reconciling(ILogger logger, Guid run);

    [LoggerMessage(4503, LogLevel.Warning, "Maintenance run {Run} waits to write its journal ({Fault}): nothing is begun unwritten")]
    public static partial void JournalWaits(ILogger logger, Guid run, string fault);

    [LoggerMessage(4504, LogLevel.Warning, "Maintenance run {Run}: its end cannot be written yet ({Fault}); trying again")]
    public static partial void EndWaits(ILogger logger, Guid run, string fault);

    [LoggerMessage(4505, LogLevel.Warning, "Maintenance run {Run} was taken over by another instance, which decides it")]
    public static partial void TakenOver(ILogger logger, Guid run);

    [LoggerMessage(4506, LogLevel.Error, "Maintenance run {Run} met an unexpected fault; what happened is being found out")]
    public static partial void Unexpected(ILogger logger, Guid run, Exception exception);

    [LoggerMessage(4507, LogLevel.Warning, "Maintenance waits for the own store ({Fault})")]
    public static partial void StoreAway(ILogger logger, string fault);
}
