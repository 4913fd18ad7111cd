namespace MnfstRag.Admin.Features.Connections;

/// <summary>Messages of signals and raw texts. Event ids 4100–4199.</summary>
internal static partial class ConnectionsLog
{
    [LoggerMessage(4100, LogLevel.Information, "{Action} of backend {Pid} in {Environment} by {Caller}: {Outcome}")]
    public static partial void Signalled(ILogger logger, string action, string environment, int pid, string caller, string outcome);

    [LoggerMessage(4101, LogLevel.Error, "{Action} of backend {Pid} in {Environment} was not done: its audit row could not be written")]
    public static partial void IntentNotWritten(ILogger logger, string action, string environment, int pid, Exception exception);

    [LoggerMessage(4102, LogLevel.Error, "{Action} in {Environment} ended with \"{Outcome}\", but the audit row of that could not be written (correlation {Correlation})")]
    public static partial void OutcomeNotWritten(ILogger logger, string action, string environment, Guid correlation, string outcome, Exception exception);
}
