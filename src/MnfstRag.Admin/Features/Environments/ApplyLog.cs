namespace MnfstRag.Admin.Features.Environments;

/// <summary>Messages of applying settings. Event ids 4400–4409.</summary>
internal static partial class ApplyLog
{
    [LoggerMessage(4400, LogLevel.Information, "Environment {Environment}: revision {Revision} of the settings applied to {Target} by {Actor}: {Outcome}")]
    public static partial void Applied(ILogger logger, string environment, int revision, string target, string actor, string outcome);

    [LoggerMessage(4401, LogLevel.Error, "Environment {Environment}: the audit log could not take the outcome of applying settings ({Correlation}): {Outcome}")]
    public static partial void OutcomeNotWritten(ILogger logger, string environment, Guid correlation, string outcome, Exception exception);

    [LoggerMessage(4402, LogLevel.Error, "Environment {Environment}: the audit log could not take the intent of applying revision {Revision} of the settings; nothing was written")]
    public static partial void IntentNotWritten(ILogger logger, string environment, int revision, Exception exception);
}
