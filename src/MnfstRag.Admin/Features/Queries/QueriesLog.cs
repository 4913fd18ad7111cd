namespace MnfstRag.Admin.Features.Queries;

internal static partial class QueriesLog
{
    [LoggerMessage(5300, LogLevel.Error, "The audit log cannot take the intent to explain statement {Statement} of {Environment}: nothing was asked")]
    public static partial void IntentNotWritten(ILogger logger, string environment, string statement, Exception exception);

    [LoggerMessage(5301, LogLevel.Error, "The audit log cannot take the outcome of explaining statement {Statement} of {Environment} ({Correlation})")]
    public static partial void OutcomeNotWritten(ILogger logger, string environment, string statement, Guid correlation, Exception exception);
}
